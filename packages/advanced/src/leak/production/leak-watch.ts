import { performance } from 'node:perf_hooks';
import { type GcEvent, observeGc } from '@memx/core';
import { type MemoryLimits, readMemoryLimits } from '../../process/memory-limits.js';
import { watchOptions } from '../leak-detector-options.js';
import type { LeakReport } from '../leak-report.js';
import { fromWatchFailure, type WatchUpdate } from '../watch/watch-messages.js';
import { startWatchThread, type WatchThread } from '../watch/watch-thread.js';
import { FloorHistory, type FloorReading } from './floor-history.js';
import type {
  FloorAlarm,
  LeakWatchEvent,
  RequestRoute,
  WatchedObjects,
  WatchedRequests,
} from './leak-watch-event.js';
import { checkLeakWatchOptions, type LeakWatchOptions } from './leak-watch-options.js';
import { ObjectWatch } from './object-watch.js';
import { RequestWatch } from './request-watch.js';

/** A watch for leaks in production, until it is stopped. */
export interface LeakWatch extends Disposable {
  /**
   * Says that an object should soon be gone: a request that was answered, a socket that was closed. It is held weakly, and
   * judged after two major collections and five seconds. About 0.3 µs; past `maxWatched` it is not watched.
   */
  watch(object: object, reason: string): void;
  /**
   * Says that a request is over, so that it and all that it holds should soon be gone. It is held weakly, and judged after
   * two major collections and `leastRequestAgeMs`. About 1 µs (Node 20); past `maxWatched` of its route, and 64 routes, it
   * is not watched, at 0.15 µs. The adapters of @memx/integrations call it where they are given the watch (`leakWatch`).
   */
  watchRequest(request: object, route: RequestRoute): void;
  status(): LeakWatchStatus;
  /** Twice is harmless. */
  stop(): void;
}

/** What holds now. */
export interface LeakWatchStatus {
  readonly majorCollections: number;
  readonly alarms: readonly FloorAlarm[];
  readonly objects: readonly WatchedObjects[];
  readonly requests: readonly WatchedRequests[];
  /** Of the latest reading of cohorts; null without `maxPauseShare`. */
  readonly report: LeakReport | null;
}

/** Where a watch learns of the world; tests give their own. */
export interface LeakWatchSources {
  readonly now: () => number;
  readonly observeGc: (listener: (event: GcEvent) => void) => Disposable;
  readonly readFloor: () => Omit<FloorReading, 'timeMs'>;
  readonly readLimits: () => MemoryLimits;
}

const PROCESS: LeakWatchSources = {
  now: () => performance.now(),
  observeGc,
  readFloor: () => {
    const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
    return {
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      externalBytes: external,
      arrayBuffersBytes: arrayBuffers,
    };
  },
  readLimits: readMemoryLimits,
};

const LEAST_OBJECT_AGE_MS = 5_000;
/** However often collections come, readings come no closer. */
const LEAST_GAP_MS = 1_000;
const ROUND_MS = 30_000;

/** See `startLeakWatch`. */
export class ProductionWatch implements LeakWatch {
  readonly #options: Required<LeakWatchOptions>;
  readonly #sources: LeakWatchSources;
  readonly #floor: FloorHistory;
  readonly #objects: ObjectWatch;
  readonly #requests: RequestWatch;
  readonly #collections: Disposable;
  readonly #thread: WatchThread | null;
  /** Metrics with an alarm, and reasons under suspicion, that were told of. */
  readonly #told = new Map<string, LeakWatchEvent>();
  #alarms: readonly FloorAlarm[] = [];
  #report: LeakReport | null = null;
  #majors = 0;
  #isStopped = false;

  constructor(options: LeakWatchOptions, sources: LeakWatchSources = PROCESS) {
    this.#options = checkLeakWatchOptions(options);
    this.#sources = sources;
    this.#floor = new FloorHistory(this.#options);
    const { maxWatched: capacity, leastRetained, leastRequestAgeMs } = this.#options;
    this.#objects = new ObjectWatch({ capacity, leastAgeMs: LEAST_OBJECT_AGE_MS });
    this.#requests = new RequestWatch({ capacity, leastAgeMs: leastRequestAgeMs, leastRetained });
    this.#thread = this.#options.maxPauseShare > 0 ? this.#watchSites() : null;
    this.#collections = sources.observeGc((event) => {
      if (event.kind === 'major') this.#guard(() => this.#afterMajor());
    });
  }

  watch(object: object, reason: string): void {
    if (!this.#isStopped) this.#guard(() => this.#objects.add(object, reason, this.#sources.now()));
  }

  watchRequest(request: object, route: RequestRoute): void {
    if (!this.#isStopped) this.#guard(() => this.#requests.add(request, route, this.#sources.now()));
  }

  status(): LeakWatchStatus {
    return {
      majorCollections: this.#majors,
      alarms: this.#alarms,
      objects: this.#readObjects(),
      requests: this.#requests.rows().map(({ requests }) => requests),
      report: this.#report,
    };
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#collections[Symbol.dispose]();
    this.#thread?.stop();
  }

  [Symbol.dispose](): void {
    this.stop();
  }

  #afterMajor(): void {
    const timeMs = this.#sources.now();
    this.#majors += 1;
    this.#objects.judge(timeMs);
    this.#tellOfObjects();
    this.#requests.judge(timeMs);
    this.#tellOfRequests();
    if (timeMs - (this.#floor.readings.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY) < LEAST_GAP_MS) return;
    this.#floor.add({ timeMs, ...this.#sources.readFloor() });
    this.#alarms = this.#floor.judge(this.#sources.readLimits());
    this.#tellOfFloor();
  }

  #tellOfFloor(): void {
    const rising = new Set(this.#alarms.map(({ metric }) => metric));
    for (const alarm of this.#alarms) this.#tellOnce(`floor ${alarm.metric}`, { kind: 'alarm', ...alarm });
    for (const [key, event] of this.#told) {
      if (event.kind !== 'alarm' || rising.has(event.metric)) continue;
      this.#takeBack(key, { kind: 'recovered', from: 'alarm', metric: event.metric });
    }
  }

  #readObjects(): WatchedObjects[] {
    return this.#objects
      .rows()
      .map(({ reason, retained, judged, pending }) => ({ reason, retained, judged, pending }));
  }

  #tellOfRequests(): void {
    for (const { requests, verdict } of this.#requests.rows()) {
      const { method, route } = requests;
      const key = `requests ${method} ${route}`;
      if (verdict === 'suspect') this.#tellOnce(key, { kind: 'suspect', witness: 'requests', ...requests });
      else if (verdict === 'clear')
        this.#takeBack(key, { kind: 'recovered', from: 'requests', method, route });
    }
  }

  #tellOfObjects(): void {
    const { leastRetained } = this.#options;
    for (const row of this.#readObjects()) {
      const key = `objects ${row.reason}`;
      if (row.retained >= leastRetained) this.#tellOnce(key, { kind: 'suspect', witness: 'objects', ...row });
      // Half of it: what sways around the threshold is told of once.
      else if (row.retained <= leastRetained / 2) {
        this.#takeBack(key, { kind: 'recovered', from: 'objects', reason: row.reason });
      }
    }
  }

  #watchSites(): WatchThread {
    const { samplingIntervalBytes, maxPauseShare } = this.#options;
    const forever = watchOptions(Number.MAX_SAFE_INTEGER, {
      samplingIntervalBytes,
      typeReadings: 0,
      workers: false,
    });
    const watch = { ...forever, roundMs: ROUND_MS, pauseBudget: maxPauseShare, publish: 'report' as const };
    return startWatchThread({
      watch,
      lines: null,
      onUpdate: (update) => this.#guard(() => this.#takeUpdate(update)),
      keepAlive: false,
    });
  }

  #takeUpdate(update: WatchUpdate): void {
    if (this.#isStopped) return;
    if (update.kind === 'failed') throw fromWatchFailure(update.failure);
    if (update.content.kind !== 'report') return;
    this.#report = update.content.report;
    const { report } = update.content;
    if (report.outcome === 'leak') this.#tellOnce('sites', { kind: 'suspect', witness: 'sites', report });
    else this.#takeBack('sites', { kind: 'recovered', from: 'sites' });
  }

  #tellOnce(key: string, event: LeakWatchEvent): void {
    if (this.#told.has(key)) return;
    this.#told.set(key, event);
    this.#options.onEvent(event);
  }

  #takeBack(key: string, event: LeakWatchEvent): void {
    if (this.#told.delete(key)) this.#options.onEvent(event);
  }

  /** A failure of memx, or of a listener, is never the program's. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      try {
        this.#options.onError(error);
      } catch {
        // There is nobody left to tell.
      }
    }
  }
}
