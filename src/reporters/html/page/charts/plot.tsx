import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';

/** A chart: options without its width, which follows the page, and its data. */
export interface PlotProps {
  readonly options: Omit<uPlot.Options, 'width'>;
  readonly data: uPlot.AlignedData;
  /** What the chart shows, in words, for those who do not see it. */
  readonly label: string;
}

/** Draws a chart into the page, as wide as there is room; draws it anew when room, data or colours change. */
export function Plot({ options, data, label }: PlotProps) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = holder;
    if (current === null) return;
    const plot = new uPlot({ ...options, width: current.clientWidth || 300 }, data, current);
    const observer = new ResizeObserver(() => plot.setSize({ width: current.clientWidth, height: options.height }));
    observer.observe(current);
    const repaint = () => plot.redraw(false, true);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', repaint);
    addEventListener('colourschemechange', repaint);
    return () => {
      dark.removeEventListener('change', repaint);
      removeEventListener('colourschemechange', repaint);
      observer.disconnect();
      plot.destroy();
    };
  }, [options, data]);
  return <div ref={holder} class="plot" role="img" aria-label={label} />;
}
