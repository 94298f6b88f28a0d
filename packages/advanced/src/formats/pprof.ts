import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Profile } from 'pprof-format';
import type { AllocationProfile } from '../allocation/allocation-profile.js';
import { ProfileBuilder, stacksOf } from '../allocation/profile-builder.js';
import { frameAt, type StackFrame } from '../allocation/stack-frame.js';
import { profileFormatError } from './profile-format-error.js';
import { decodeCarriedMeta, toCarriedMeta, UNKNOWN_META } from './profile-meta.js';

const COMMENT = 'memx ';
const SPACE = /^(inuse|alloc)_space$|^space$/;

/**
 * Gzipped pprof. The values are `samples` and bytes, as `inuse_space` or `alloc_space`: V8's inspector does not tell how
 * many objects its samples stand for, so there is no `inuse_objects`. Differences are negative values, as
 * `go tool pprof -diff_base` has them. Threads are the label `thread`; the errors, `standard_error` in bytes.
 */
export async function toPprof(profile: AllocationProfile): Promise<Uint8Array> {
  const pprof = await import('pprof-format'); // 6 ms that a program which writes no pprof does not pay
  const strings = new pprof.StringTable();
  const text = (value: string) => strings.dedup(value);
  const space = profile.measure === 'live' ? 'inuse_space' : 'alloc_space';
  const functions = new Numbered(({ functionName, filename }: StackFrame) => `${filename}\n${functionName}`);
  const locations = new Numbered(({ functionName, filename, line, column }: StackFrame) =>
    [filename, functionName, line, column].join('\n'),
  );

  const sample = [...stacksOf(profile)].map(({ threadId, stack, sizeBytes, samples, standardErrorBytes }) => {
    const labels = [
      { key: text('thread'), num: threadId },
      ...(samples === null ? [{ key: text('samples_unknown'), num: 1 }] : []),
      ...(standardErrorBytes === null
        ? []
        : [{ key: text('standard_error'), num: standardErrorBytes, numUnit: text('bytes') }]),
    ];
    return new pprof.Sample({
      locationId: stack.map((frame) => locations.idOf(frame)),
      value: [samples ?? 0, sizeBytes],
      label: labels.map((label) => new pprof.Label(label)),
    });
  });
  const location = locations.all.map(
    (frame, index) =>
      new pprof.Location({
        id: index + 1,
        line: [new pprof.Line({ functionId: functions.idOf(frame), line: frame.line, column: frame.column })],
      }),
  );
  const file = new pprof.Profile({
    sampleType: [
      new pprof.ValueType({ type: text('samples'), unit: text('count') }),
      new pprof.ValueType({ type: text(space), unit: text('bytes') }),
    ],
    sample,
    location,
    function: functions.all.map(
      ({ functionName, filename, line }, index) =>
        new pprof.Function({
          id: index + 1,
          name: text(functionName),
          systemName: text(functionName),
          filename: text(filename),
          ...(profile.precision === 'function' ? { startLine: line } : {}),
        }),
    ),
    timeNanos: toNanos(profile.startedAtEpochMs),
    durationNanos: toNanos(profile.durationMs),
    periodType: new pprof.ValueType({ type: text('space'), unit: text('bytes') }),
    period: profile.samplingIntervalBytes ?? 0,
    comment: [text(COMMENT + JSON.stringify(toCarriedMeta(profile)))],
    defaultSampleType: text(space),
    stringTable: strings,
  });
  return promisify(gzip)(file.encode());
}

/** Reads pprof of any tool that tells bytes of memory, gzipped or not. */
export async function decodePprof(bytes: Uint8Array): Promise<AllocationProfile> {
  const { Profile } = await import('pprof-format');
  const file = Profile.decode(isGzip(bytes) ? await promisify(gunzip)(bytes) : bytes);
  const strings = file.stringTable.strings;
  const at = (index: number | bigint) => strings[Number(index)] ?? '';

  const spaceIndex = file.sampleType.findLastIndex(({ type }) => SPACE.test(at(type)));
  const countIndex = file.sampleType.findIndex(({ type }) => at(type) === 'samples');
  if (spaceIndex === -1) {
    throw profileFormatError(
      'The pprof profile has no bytes of memory',
      file.sampleType.map(({ type }) => at(type)),
    );
  }
  const frames = framesByLocation(file);
  const { threads, ...meta } = metaOfPprof(file, at(file.sampleType[spaceIndex]?.type ?? 0));
  const builder = new ProfileBuilder(meta);
  for (const id of threads) builder.addThread(id);
  for (const { locationId, value, label } of file.sample) {
    const labels = new Map(label.map(({ key, num }) => [at(key), Number(num)]));
    const count = countIndex === -1 || labels.has('samples_unknown') ? null : value[countIndex];
    builder.add(
      labels.get('thread') ?? 0,
      locationId.flatMap((id) => frames.get(Number(id)) ?? []),
      {
        sizeBytes: signed(value[spaceIndex]),
        samples: count === null ? null : signed(count),
        standardErrorBytes: labels.get('standard_error') ?? null,
      },
    );
  }
  return builder.build();
}

export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Gives equal frames one number, counting from 1: in pprof 0 means none. */
class Numbered {
  readonly all: StackFrame[] = [];
  readonly #ids = new Map<string, number>();
  readonly #keyOf: (frame: StackFrame) => string;

  constructor(keyOf: (frame: StackFrame) => string) {
    this.#keyOf = keyOf;
  }

  idOf(frame: StackFrame): number {
    const key = this.#keyOf(frame);
    const id = this.#ids.get(key) ?? this.all.push(frame);
    this.#ids.set(key, id);
    return id;
  }
}

/** A location has several lines where functions were inlined into one, innermost first. */
function framesByLocation({ location, function: functions, stringTable: { strings } }: Profile) {
  const byId = new Map(functions.map((found) => [Number(found.id), found]));
  return new Map(
    location.map(({ id, line: lines }): [number, StackFrame[]] => [
      Number(id),
      lines.map(({ functionId, line, column }) => {
        const { name = 0, filename = 0 } = byId.get(Number(functionId)) ?? {};
        return frameAt({
          functionName: strings[Number(name)] || '(anonymous)',
          filename: strings[Number(filename)] ?? '',
          line: Number(line),
          column: Number(column),
        });
      }),
    ]),
  );
}

function metaOfPprof(file: Profile, space: string) {
  const comment = file.comment
    .map((index) => file.stringTable.strings[Number(index)] ?? '')
    .find((text) => text.startsWith(`${COMMENT}{`));
  if (comment) return decodeCarriedMeta(JSON.parse(comment.slice(COMMENT.length)));
  return {
    ...UNKNOWN_META,
    startedAtEpochMs: fromNanos(file.timeNanos),
    durationMs: fromNanos(file.durationNanos),
    samplingIntervalBytes: Number(file.period) || null,
    measure: space === 'alloc_space' ? ('total' as const) : ('live' as const),
    threads: [],
  };
}

function toNanos(ms: number | null): bigint {
  return BigInt(Math.round((ms ?? 0) * 1000)) * 1000n;
}

function fromNanos(nanos: number | bigint): number | null {
  return Number(BigInt(nanos) / 1000n) / 1000 || null;
}

/** pprof-format 2.3 reads a negative int64 as the unsigned number of the same bits. */
function signed(value: number | bigint | undefined): number {
  return Number(BigInt.asIntN(64, BigInt(value ?? 0)));
}
