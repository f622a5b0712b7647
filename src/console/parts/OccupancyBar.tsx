/** How full, as a bar; above capacity it is full and says so by colour and by the figures beside it. */
export function OccupancyBar({ occupied, capacity, label }: { readonly occupied: number; readonly capacity: number; readonly label?: string }) {
  // A group without spaces today (season tickets at the weekend) is empty, not full, while nobody stands there.
  const share = capacity <= 0 ? Number(occupied > 0) : Math.min(1, Math.max(0, occupied / capacity));
  const tone = share >= 1 ? "alarm" : share >= 0.9 ? "warn" : "ok";
  return (
    <div className="bar" aria-hidden={label === undefined} {...(label === undefined ? {} : { role: "img", "aria-label": label })}>
      <div className={`bar-fill bar-${tone}`} style={{ width: `${share * 100}%` }} />
    </div>
  );
}
