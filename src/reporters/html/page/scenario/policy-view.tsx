import type { Position } from '../../../../core/diagnostics/position.ts';
import type { PolicyResult } from '../../../../core/result/result.ts';

/** A policy as its file states it, with the lines marked that decide the open cell. */
export function PolicyView({ policy, marks }: { readonly policy: PolicyResult; readonly marks: readonly Position[] }) {
  const { name, file, text, lines } = policy;
  const decides = (index: number) => marks.some((mark) => mark.file === file && mark.line === lines[index]);
  const any = lines.some((_, index) => decides(index));
  return (
    <figure class="policy">
      <figcaption>
        {name} <span class="quiet">{file}</span>
        {any && <strong> decides this cell</strong>}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre tabIndex={0}>
        {text.split('\n').map((line, index) => (
          <code key={index} class={decides(index) ? 'decides' : ''}>
            <span class="mark">{decides(index) ? '▶' : ' '}</span>
            {line}
            {'\n'}
          </code>
        ))}
      </pre>
    </figure>
  );
}
