import type { CardFeature, ModelCard } from '../data/results/model-card.ts';
import { changeWithout, directionInWords } from './card-words.ts';
import { partsAreIn } from './explanation-words.ts';
import { figure, grouped, percent } from './figures.ts';
import { PartsStrip } from './parts-strip.tsx';

/** The rest is in the JSON. */
const mostListed = 30;

/** What the answers rest on: three ways of asking, and every explained row's parts as dots. */
export function AnswersSection({ card }: { card: ModelCard }) {
  const { explanation, permutation, features } = card;
  if (explanation === null) return null;
  const shown = features.slice(0, mostListed);
  const widest = Math.max(
    ...shown.flatMap(({ shap }) => (shap?.points ?? []).map(({ part }) => Math.abs(part))),
    1e-9,
  );
  const unit = partsAreIn[explanation.scale];
  return (
    <section aria-labelledby="answers-title">
      <h2 id="answers-title">What its answers rest on</h2>
      <p>
        {`Each dot is one of the explained rows: how far the feature moved its answer (${unit}) from the mean of ${grouped(explanation.background_rows)} rows; to the right it raises.`}
      </p>
      <p class="key">
        <span>
          <i class="k-low" />
          low values
        </span>
        <span>
          <i class="k-high" />
          high values
        </span>
        <span>
          <i class="k-missing" />
          missing
        </span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Importance of the features">
        <table class="bars parts">
          <caption>{captionOf(explanation.rows, permutation)}</caption>
          <thead>
            <tr>
              <th scope="col">Feature</th>
              <th scope="col">
                <span class="soft">Parts of the rows</span>
              </th>
              <th scope="col">Mean part</th>
              <th scope="col">Values</th>
              <th scope="col">ROC AUC without</th>
              <th scope="col">Gain</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((feature) => (
              <Row feature={feature} widest={widest} />
            ))}
          </tbody>
        </table>
      </section>
      {features.length > mostListed ? (
        <p class="soft">{`and ${features.length - mostListed} more features in the JSON`}</p>
      ) : null}
    </section>
  );
}

function Row({ feature, widest }: { feature: CardFeature; widest: number }) {
  const { name, shap, permutation, gain } = feature;
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td class="bar">{shap === null ? null : <PartsStrip points={shap.points} widest={widest} />}</td>
      <td>{figure(shap?.mean_absolute ?? null)}</td>
      <td>{directionInWords(shap)}</td>
      <td>{changeWithout(permutation)}</td>
      <td>{gain === null ? '–' : percent(gain)}</td>
    </tr>
  );
}

function captionOf(explained: number, permutation: ModelCard['permutation']): string {
  const shap = `Mean part: mean size of SHAP values over ${grouped(explained)} rows.`;
  const without =
    permutation === null
      ? ''
      : ` ROC AUC without: how much it falls when the values are exchanged among ${grouped(permutation.rows)} measured rows, mean and deviation of ${permutation.repeats}.`;
  return `${shap}${without} Gain: share of what the splits of the trees tell apart.`;
}
