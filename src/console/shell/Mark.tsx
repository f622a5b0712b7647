/** The product's mark: a raised barrier. */
export const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden>
    <rect width="32" height="32" rx="7" fill="#364fc7" />
    <path d="M6 24V11m0 3 20-6" stroke="#fff" strokeWidth="3.5" strokeLinecap="round" fill="none" />
  </svg>
);
