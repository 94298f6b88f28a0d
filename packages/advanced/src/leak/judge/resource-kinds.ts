/** How a kind of resource is judged. */
export interface ResourceKind {
  /** In a sentence: `open file descriptors`. */
  readonly plural: string;
  /** What a suspect of its own is named. */
  readonly type: string;
  /** The counts that belong to it, by their names in a reading; the first that was read is taken. */
  readonly counts: readonly string[];
  /** Types on the heap that grow with it. */
  readonly heapTypes: RegExp;
  /** Fewer more are no rise: pools fill, servers get busy. */
  readonly leastMore: number;
  /** Whether it is a suspect without heap and site: not where a busier service has more of it for good reason. */
  readonly standsAlone: boolean;
  readonly advice: string;
}

export const RESOURCE_KINDS: readonly ResourceKind[] = [
  {
    plural: 'open files',
    type: 'file descriptor',
    counts: ['open files', 'file descriptor'],
    heapTypes: /^(FileHandle|FSReqCallback|ReadStream|WriteStream)$/,
    leastMore: 16,
    standsAlone: true,
    advice:
      'Close every file that is opened, also when an error comes between: the system allows a process only so many.',
  },
  {
    plural: 'worker threads',
    type: 'Worker',
    counts: ['Worker'],
    heapTypes: /^(Worker|WorkerInfo)$/,
    leastMore: 4,
    standsAlone: true,
    advice:
      'Terminate workers that are done, or keep a pool of a fixed size: each one has a heap and threads of its own.',
  },
  {
    plural: 'child processes',
    type: 'ChildProcess',
    counts: ['ChildProcess'],
    heapTypes: /^(ChildProcess|Process)$/,
    leastMore: 8,
    standsAlone: true,
    advice: 'End child processes that are done.',
  },
  {
    plural: 'file watchers',
    type: 'FSWatcher',
    counts: ['FSEventWrap'],
    heapTypes: /^(FSWatcher|FSEvent)$/,
    leastMore: 16,
    standsAlone: true,
    advice: 'Close watchers that are no longer listened to.',
  },
  {
    plural: 'connections',
    type: 'Socket',
    counts: ['TCPSocketWrap'],
    heapTypes:
      /^(Socket|TLSSocket|TCP|ClientRequest|IncomingMessage|ServerResponse|ReadableState|WritableState)$/,
    leastMore: 32,
    standsAlone: false,
    advice: 'End or destroy connections that are done, or share one agent that limits them.',
  },
  {
    plural: 'timers',
    type: 'Timeout',
    counts: ['Timeout'],
    heapTypes: /^(Timeout|TimersList)$/,
    leastMore: 64,
    standsAlone: false,
    advice: 'Clear timers whose owners are done.',
  },
];
