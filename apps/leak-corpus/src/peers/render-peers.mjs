import Table from 'cli-table3';

const percent = (part, whole) => (whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`);

/**
 * @param {readonly { name: string, kind: string, approaches: Awaited<ReturnType<typeof import('./run-peers.mjs').runPeers>> }[]} peers
 * @param {readonly import('../scores/summarize.mjs').Score[]} scores memx's own, for the first row
 */
export function renderPeers(peers, scores) {
  const table = new Table({
    head: ['Approach', 'Precision', 'Recall', 'Found', 'Of', 'False alarms', 'Of', 'Failed'],
    style: { head: [], border: [], compact: true },
  });
  const memx = scores.map(({ kind, reported }) => ({ kind, verdict: { flagged: reported } }));
  table.push(rowOf('memx check', memx));
  const approaches = new Set(peers.flatMap((peer) => Object.keys(peer.approaches)));
  for (const approach of approaches) {
    const verdicts = peers
      .filter((peer) => approach in peer.approaches)
      .map(({ kind, approaches }) => ({ kind, verdict: approaches[approach] }));
    table.push(rowOf(approach, verdicts));
  }
  return table.toString();
}

function rowOf(approach, verdicts) {
  const judged = verdicts.filter(({ verdict }) => 'flagged' in verdict);
  const of = (kind) => judged.filter((program) => program.kind === kind);
  const found = of('leak').filter(({ verdict }) => verdict.flagged).length;
  const alarms = of('healthy').filter(({ verdict }) => verdict.flagged).length;
  return [
    approach,
    percent(found, found + alarms),
    percent(found, of('leak').length),
    found,
    of('leak').length,
    alarms,
    of('healthy').length,
    verdicts.length - judged.length,
  ];
}
