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

const EXTERNAL_SPACE = /^(inuse|alloc)_external_space$/;

/**
 * Gzipped pprof. The values are `samples`, objects (where they are known of all stacks), and bytes: `inuse_space` for
 * V8's heap and, where it was measured, `inuse_external_space` for memory outside of it; `alloc_…` in a total profile.
 * Differences are negative values, as `go tool pprof -diff_base` has them. Threads are the label `thread`; the errors,
 * `standard_error` in bytes.
 */
export async function toPprof(profile: AllocationProfile): Promise<Uint8Array> {
  const pprof = await import('pprof-format'); // 6 ms that a program which writes no pprof does not pay
  const strings = new pprof.StringTable();
  const text = (value: string) => strings.dedup(value);
  const use = profile.measure === 'live' ? 'inuse' : 'alloc';
  const hasCounts = profile.stacks.length > 0 && profile.stacks.every(({ count }) => count !== null);
  const hasExternal =
    profile.externalIntervalBytes !== null || profile.stacks.some(({ memory }) => memory === 'external');
  const valueTypes = [
    ['samples', 'count'],
    ...(hasCounts ? [[`${use}_objects`, 'count']] : []),
    [`${use}_space`, 'bytes'],
    ...(hasExternal ? [[`${use}_external_space`, 'bytes']] : []),
  ] as [type: string, unit: string][];
  const functions = new Numbered(({ functionName, filename }: StackFrame) => `${filename}\n${functionName}`);
  const locations = new Numbered(({ functionName, filename, line, column }: StackFrame) =>
    [filename, functionName, line, column].join('\n'),
  );

  const sample = [...stacksOf(profile)].map((entry) => {
    const { threadId, memory, stack, sizeBytes, count, samples, standardErrorBytes } = entry;
    const labels = [
      { key: text('thread'), num: threadId },
      ...(memory === 'heap' ? [] : [{ key: text('memory'), str: text(memory) }]),
      ...(count === null || hasCounts ? [] : [{ key: text('objects'), num: count }]),
      ...(samples === null ? [{ key: text('samples_unknown'), num: 1 }] : []),
      ...(standardErrorBytes === null
        ? []
        : [{ key: text('standard_error'), num: standardErrorBytes, numUnit: text('bytes') }]),
    ];
    return new pprof.Sample({
      locationId: stack.map((frame) => locations.idOf(frame)),
      value: [
        samples ?? 0,
        ...(hasCounts ? [count ?? 0] : []),
        memory === 'heap' ? sizeBytes : 0,
        ...(hasExternal ? [memory === 'heap' ? 0 : sizeBytes] : []),
      ],
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
    sampleType: valueTypes.map(([type, unit]) => new pprof.ValueType({ type: text(type), unit: text(unit) })),
    sample,
    location,
    function: functions.all.map(
      ({ functionName, filename, line }, index) =>
        new pprof.Function({
          id: index + 1,
          name: text(functionName),
          // No systemName: where it is the name, pprof takes that for C++ and cuts out what stands in <>.
          filename: text(filename),
          ...(profile.precision === 'function' ? { startLine: line } : {}),
        }),
    ),
    timeNanos: toNanos(profile.startedAtEpochMs),
    durationNanos: toNanos(profile.durationMs),
    periodType: new pprof.ValueType({ type: text('space'), unit: text('bytes') }),
    period: profile.samplingIntervalBytes ?? 0,
    comment: [text(COMMENT + JSON.stringify(toCarriedMeta(profile)))],
    defaultSampleType: text(`${use}_space`),
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

  const types = file.sampleType.map(({ type }) => at(type));
  const spaceIndex = types.findLastIndex((type) => SPACE.test(type));
  const space = types[spaceIndex];
  if (space === undefined) throw profileFormatError('The pprof profile has no bytes of memory', types);
  const read = {
    space: spaceIndex,
    externalSpace: types.findIndex((type) => EXTERNAL_SPACE.test(type)),
    objects: types.indexOf(space.replace('space', 'objects')), // of the same use, alloc or inuse
    samples: types.indexOf('samples'),
  };
  const frames = framesByLocation(file);
  const { threads, ...meta } = metaOfPprof(file, space);
  const builder = new ProfileBuilder(meta);
  for (const id of threads) builder.addThread(id);
  for (const { locationId, value, label } of file.sample) {
    const labels = new Map(label.map(({ key, num }) => [at(key), signed(num)]));
    const memory = label.some(({ key, str }) => at(key) === 'memory' && at(str) === 'external')
      ? ('external' as const)
      : ('heap' as const);
    const valueAt = (index: number) => (index === -1 ? null : signed(value[index]));
    builder.add(
      { threadId: labels.get('thread') ?? 0, memory },
      locationId.flatMap((id) => frames.get(Number(id)) ?? []),
      {
        sizeBytes: valueAt(memory === 'heap' ? read.space : read.externalSpace) ?? 0,
        count: labels.get('objects') ?? valueAt(read.objects),
        samples: labels.has('samples_unknown') ? null : valueAt(read.samples),
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
