/** What a process takes between two moments: time, CPU time and memory. */

/** @returns {{ look: () => void, end: () => { seconds: number, cpuSeconds: number, peakMiB: number, growthMiB: number } }} */
export const usage = () => {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  /** Of the heap in use, now and then. */
  const heap = [];
  return {
    look: () => {
      heap.push(process.memoryUsage().heapUsed / mebibyte);
    },
    end: () => {
      const { user, system } = process.cpuUsage(before);
      return {
        seconds: (performance.now() - startedAt) / 1000,
        cpuSeconds: (user + system) / 1e6,
        peakMiB: process.resourceUsage().maxRSS / 1024,
        growthMiB: median(heap.slice(-heap.length / 4)) - median(heap.slice(0, heap.length / 4)),
      };
    },
  };
};

const mebibyte = 1_048_576;

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;
