/**
 * What a check said of a labelled program, and whether it is right.
 *
 * @param {import('./read-cases.mjs').LabelledCase} labelled
 * @param {{ exitCode: number | null, document: any }} checked
 */
export function scoreCase({ name, kind, acceptSites, acceptTypes }, { exitCode, document }) {
  const suspects = (document?.suspects ?? []).slice(0, 2);
  const reported = suspects.some(({ confidence }) => confidence !== 'low');
  const names = (text) => acceptSites.some((accepted) => text.includes(accepted));
  return {
    name,
    kind,
    reported,
    exitCode,
    outcome: document?.outcome ?? 'no result',
    confidence: suspects[0]?.confidence ?? null,
    type: suspects[0]?.type ?? null,
    site: suspects[0]?.sites[0] ?? null,
    right: document !== null && reported === (kind === 'leak'),
    siteRight: suspects.some(({ sites }) =>
      sites.some((site) => names(site.filename) || names(site.functionName)),
    ),
    typeRight: suspects.some(({ type }) => acceptTypes.some((accepted) => type.includes(accepted))),
    ownNamed: suspects.some(({ sites }) => sites.some(({ origin }) => origin === 'own')),
    pausesMs: document?.pauses.totalMs ?? null,
  };
}

/** @param {readonly ReturnType<typeof scoreCase>[]} scores */
export function summarize(scores) {
  const count = (matches) => scores.filter(matches).length;
  const found = count(({ kind, reported }) => kind === 'leak' && reported);
  const missed = count(({ kind, reported }) => kind === 'leak' && !reported);
  const falseAlarms = count(({ kind, reported }) => kind === 'healthy' && reported);
  const share = (part, whole) => (whole === 0 ? null : part / whole);
  const ofFound = (key) =>
    share(
      count((score) => score.kind === 'leak' && score.reported && score[key]),
      found,
    );
  return {
    leaks: found + missed,
    healthy: scores.length - found - missed,
    found,
    missed,
    falseAlarms,
    precision: share(found, found + falseAlarms),
    recall: share(found, found + missed),
    siteRight: ofFound('siteRight'),
    typeRight: ofFound('typeRight'),
    ownNamed: ofFound('ownNamed'),
  };
}
