/** What a figure is, and the figure; undefined where it is not known. */
export type Fact = readonly [title: string, text: string | undefined];

/** Figures with their names, side by side; what is not known is left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts.map(([title, text]) =>
        text === undefined ? null : (
          <div>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
