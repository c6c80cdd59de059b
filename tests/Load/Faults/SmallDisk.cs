using System.Diagnostics;

namespace MarginalConditional.Load.Faults;

/// <summary>A disk of a few kilobytes, in memory, that is gone after the test; Linux and root have to be there.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const string Size = "16k";
    private readonly string place;

    public SmallDisk(string place, bool writable = true)
    {
        this.place = Directory.CreateDirectory(place).FullName;
        if (Mount("mount", "-t", "tmpfs", "-o", $"size={Size}{(writable ? string.Empty : ",ro")}", "tmpfs", this.place) != 0)
        {
            throw new InvalidOperationException("The disk cannot be mounted.");
        }
    }

    /// <summary>Why there is no such disk here; null where there is.</summary>
    public static string? Missing
    {
        get
        {
            if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            {
                return "needs Linux and the right to mount a disk";
            }

            var probe = Directory.CreateTempSubdirectory("margcond-").FullName;
            try
            {
                using var disk = new SmallDisk(probe);
                return null;
            }
            catch (InvalidOperationException)
            {
                return "needs the right to mount a disk";
            }
            finally
            {
                Directory.Delete(probe);
            }
        }
    }

    public void Dispose() => Mount("umount", place);

    private static int Mount(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
