import { words } from "../../words/words.ts";

export const settingsWords = words({
  title: "Settings", note: "Kept in this browser.", language: "Language", scheme: "Colours", light: "Light", dark: "Dark", auto: "As the device", sound: "Sound when somebody calls", test: "Play it",
}, {
  title: "Einstellungen", note: "Bleiben in diesem Browser gespeichert.", language: "Sprache", scheme: "Farben", light: "Hell", dark: "Dunkel", auto: "Wie das Gerät", sound: "Ton, wenn jemand ruft", test: "Anhören",
});
