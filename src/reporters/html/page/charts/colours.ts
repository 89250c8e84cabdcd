/** The present value of a colour that the style sheet names, for drawing on a canvas. */
export function colour(name: string): string {
  // A custom property holds light-dark() as it is written; only a real property resolves it.
  const probe = document.createElement('span');
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
