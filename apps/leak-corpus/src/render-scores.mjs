import Table from 'cli-table3';

const yesNo = (value) => (value ? 'yes' : 'no');
const percent = (share) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/** @param {ReturnType<import('./score.mjs').scoreCase>} score */
export function renderScoreLine({ name, kind, outcome, confidence, type, right }) {
  return `${right ? 'right' : 'WRONG'}  ${name}: ${kind}, judged ${outcome}${confidence ? ` (${confidence}, ${type})` : ''}`;
}

/**
 * @param {readonly ReturnType<import('./score.mjs').scoreCase>[]} scores
 * @param {ReturnType<import('./score.mjs').summarize>} summary
 */
export function renderScores(scores, summary) {
  const table = new Table({
    head: ['Program', 'Is', 'Judged', 'Confidence', 'Type', 'Site', 'Own', 'Dearest site'],
    style: { head: [], border: [], compact: true },
  });
  for (const score of scores) {
    const leak = score.kind === 'leak';
    const place =
      score.site && `${score.site.filename.split(/[\\/]/).slice(-2).join('/')}:${score.site.line}`;
    table.push([
      score.name,
      score.kind,
      score.outcome,
      score.confidence ?? '',
      leak ? `${score.type ?? ''} (${yesNo(score.typeRight)})` : (score.type ?? ''),
      leak ? yesNo(score.siteRight) : '',
      leak ? yesNo(score.ownNamed) : '',
      place ?? '',
    ]);
  }
  return [
    table.toString(),
    '',
    `${summary.leaks} leaks: ${summary.found} found, ${summary.missed} missed.  ${summary.healthy} healthy programs: ${summary.falseAlarms} false alarms.`,
    `precision ${percent(summary.precision)}   recall ${percent(summary.recall)}   (reported = medium or high)`,
    `of those found: an accepted site ${percent(summary.siteRight)}, an accepted type ${percent(summary.typeRight)}, a function of the program's own ${percent(summary.ownNamed)}`,
  ].join('\n');
}
