/** The sound of a waiting call: two soft tones every few seconds until somebody answers; can be silenced. */
import { useEffect, useState } from "react";
import { useLocalStorage } from "@mantine/hooks";

const RING_EVERY_MS = 4_000;

export const useSound = () => useLocalStorage({ key: "gatehouse.sound", defaultValue: true, getInitialValueInEffect: false });

export function useRing(ringing: boolean, on: boolean): void {
  const [audio] = useState(() => ({ context: null as AudioContext | null }));
  useEffect(() => {
    if (!ringing || !on) return;
    // Browsers keep a page silent until somebody pressed something on it; signing in did.
    const ring = () => {
      if (!navigator.userActivation.hasBeenActive) return;
      audio.context ??= new AudioContext();
      void audio.context.resume().then(() => chime(audio.context!), () => undefined);
    };
    ring();
    const timer = setInterval(ring, RING_EVERY_MS);
    return () => clearInterval(timer);
  }, [ringing, on, audio]);
}

function chime(context: AudioContext): void {
  [660, 880].forEach((frequency, n) => {
    const start = context.currentTime + n * 0.22;
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.14, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(start);
    tone.stop(start + 0.42);
  });
}

/** So that people know the sound before it matters. */
export function playOnce(): void {
  const context = new AudioContext();
  chime(context);
  setTimeout(() => void context.close(), 1_500);
}
