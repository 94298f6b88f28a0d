import Table from 'cli-table3';
import { groupBy, summarize } from './summarize.mjs';

const yesNo = (value) => (value ? 'yes' : 'no');
const percent = (share) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const seconds = (ms) => (ms === null ? '–' : `${(ms / 1000).toFixed(1)} s`);
const milliseconds = (ms) => (ms === null ? '–' : `${Math.round(ms)} ms`);
const tableOf = (head) => new Table({ head, style: { head: [], border: [], compact: true } });

/** @param {import('./summarize.mjs').Score} score */
export function renderScoreLine({ name, kind, node, outcome, confidence, type, right }) {
  return `${right ? 'right' : 'WRONG'}  ${name}: ${kind}, judged ${outcome}${confidence ? ` (${confidence}, ${type})` : ''}${node ? ` on ${node}` : ''}`;
}

/** @param {readonly import('./summarize.mjs').Score[]} scores */
export function renderScores(scores) {
  const parts = [renderPrograms(scores), '', renderMechanisms(scores), ''];
  for (const [node, group] of groupBy(scores, (score) => score.node ?? 'no result')) {
    parts.push(`${node}: ${renderSummary(summarize(group))}`, '');
  }
  return parts.join('\n');
}

function renderPrograms(scores) {
  const table = tableOf([
    ...[
      'Program',
      'Is',
      'Judged',
      'At',
      'Confidence',
      'Type',
      'Specific',
      'Site',
      'Own function',
      'Own line',
      'Path',
    ],
    'Dearest site',
  ]);
  for (const score of scores) {
    const leak = score.kind === 'leak';
    const place =
      score.site && `${score.site.filename.split(/[\\/]/).slice(-2).join('/')}:${score.site.line}`;
    table.push([
      score.name,
      score.kind,
      score.outcome,
      score.detectedAtMs === null ? '' : seconds(score.detectedAtMs),
      score.confidence ?? '',
      score.type ?? '',
      ...['specificTypeRight', 'siteRight', 'ownFunction', 'ownLine'].map((key) =>
        leak ? yesNo(score[key]) : '',
      ),
      leak ? (score.pathGiven ? yesNo(score.pathRight) : 'none') : '',
      place ?? '',
    ]);
  }
  return table.toString();
}

function renderMechanisms(scores) {
  return [
    renderGroups('Mechanism', scores, ({ group }) => group),
    '',
    renderGroups('Grows in', scores, ({ judgedOn }) => judgedOn),
    ...renderWrong(scores),
  ].join('\n');
}

function renderGroups(title, scores, fieldOf) {
  const columns = ['specificTypeRight', 'siteRight', 'ownFunction', 'ownLine', 'pathRight'];
  const table = tableOf([
    ...[title, 'Leaks', 'Found', 'Healthy', 'False alarms', 'Median time to detect'],
    ...['Specific type', 'Site', 'Own function', 'Own line', 'Path'],
  ]);
  for (const [name, group] of groupBy(scores, fieldOf)) {
    const part = summarize(group);
    table.push([
      ...[name, part.leaks, part.found, part.healthy, part.falseAlarms, seconds(part.detectedAtMs)],
      ...columns.map((column) => percent(part[column])),
    ]);
  }
  return table.toString();
}

function renderWrong(scores) {
  const table = tableOf(['Judged wrongly', 'Is', 'Mechanism', 'Grows in', 'Wrong', 'Of']);
  const wrong = scores.filter(({ right }) => !right);
  for (const [name, group] of groupBy(wrong, (score) => score.name)) {
    const [{ kind, mechanism, judgedOn }] = group;
    const runs = scores.filter((score) => score.name === name).length;
    table.push([name, kind, mechanism, judgedOn, group.length, runs]);
  }
  return wrong.length === 0 ? [] : ['', table.toString()];
}

/** @param {ReturnType<typeof summarize>} summary */
function renderSummary(summary) {
  return [
    `${summary.leaks} leaks: ${summary.found} found, ${summary.missed} missed.  ${summary.healthy} healthy programs: ${summary.falseAlarms} false alarms.`,
    `precision ${percent(summary.precision)}   recall ${percent(summary.recall)}   (reported = medium or high)`,
    `found after (median) ${seconds(summary.detectedAtMs)}; the ${summary.fast} that grow by 100 KB/s or more after ${seconds(summary.fastDetectedAtMs)}   pauses a run (median) ${milliseconds(summary.pausesMs)}, longest single ${milliseconds(summary.longestPauseMs)}`,
    `of those found: accepted site ${percent(summary.siteRight)}, own function ${percent(summary.ownFunction)}, own line ${percent(summary.ownLine)}, accepted type ${percent(summary.typeRight)}, specific type ${percent(summary.specificTypeRight)}, a path ${percent(summary.pathGiven)}, the right path ${percent(summary.pathRight)}`,
  ].join('\n');
}
