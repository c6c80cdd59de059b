using System.Runtime.InteropServices;

namespace MarginalConditional.Fuzzing.Running;

/// <summary>The processor time of the thread that asks: a busy machine does not make an input slow.</summary>
internal static class ThreadClock
{
    /// <summary>Seconds of processor time of this thread; of the whole process where the system does not tell.</summary>
    public static double Seconds =>
        (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            && ReadClock(OperatingSystem.IsMacOS() ? 16 : 3, out var time) == 0
            ? time.Seconds + (time.Nanoseconds * 1e-9)
            : Environment.CpuUsage.TotalTime.TotalSeconds;

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out TimeOfClock time);

    /// <summary>The C library's timespec of 64-bit systems.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeOfClock
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
