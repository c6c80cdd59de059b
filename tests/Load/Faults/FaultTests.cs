using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Data;
using MarginalConditional.Data.Tables;
using MarginalConditional.Load.Data;

namespace MarginalConditional.Load.Faults;

/// <summary>
/// Disks that are full or may not be written, files that are torn, clocks that jump: one sentence, and nothing half written.
/// </summary>
public sealed class FaultTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("margcond-").FullName;
    private readonly byte[] trial;

    public FaultTests()
    {
        using var text = new StringWriter { NewLine = "\n" };
        LargeTrial.Write(text, 2000, 4, people: 10);
        trial = Encoding.UTF8.GetBytes(text.ToString());
        File.WriteAllBytes(Path.Combine(folder, "t.csv"), trial);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [UnixTheory]
    [InlineData("gee|t.csv|yb ~ trt|--cluster|id")]
    [InlineData("gee|t.csv|yb ~ trt|--cluster|id|--format|json")]
    [InlineData("describe|t.csv")]
    public void A_full_disk_behind_stdout_is_said(string line)
    {
        var (code, said) = Shell($"dotnet '{Program}' {Quoted(line)} > /dev/full");
        Assert.Equal(2, code);
        Assert.Equal("margcond: Reading or writing failed: No space left on device.\n", said);
    }

    [DiskTheory]
    [InlineData("gee|t.csv|yb ~ trt|--cluster|id|--predictions|disk/p.csv", "disk/p.csv")]
    [InlineData("glmm|t.csv|yb ~ trt + (1 : id)|--nodes|1|--save|disk/f.json", "disk/f.json")]
    public void A_full_disk_is_said_and_keeps_what_it_had(string line, string file)
    {
        using var disk = new SmallDisk(Path.Combine(folder, "disk"));
        File.WriteAllText(Path.Combine(folder, file), "as it was");
        var (code, said) = Shell($"dotnet '{Program}' {Quoted(line)}");
        Assert.Equal(2, code);
        Assert.Equal(
            $"margcond: {file}: The result cannot be written there: No space left on device. Make room, or name a file on another disk; "
                + "nothing was written.",
            OnOneLine(said));
        Assert.Equal("as it was", File.ReadAllText(Path.Combine(folder, file)));
        Assert.Single(Directory.EnumerateFileSystemEntries(Path.Combine(folder, "disk")));
    }

    [DiskTheory]
    [InlineData("gee|t.csv|yb ~ trt|--cluster|id|--out|disk/r.txt")]
    [InlineData("lmm|t.csv|y ~ trt + (1 : id)|--save|disk/f.json")]
    public void A_disk_that_may_not_be_written_is_said(string line)
    {
        using var disk = new SmallDisk(Path.Combine(folder, "disk"), writable: false);
        var (code, said) = Shell($"dotnet '{Program}' {Quoted(line)}");
        Assert.Equal(2, code);
        Assert.Contains("Read-only file system", OnOneLine(said), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(folder, "disk")));
    }

    /// <summary>Cut off where a line ends, the packed file unpacks into fewer rows, all of them right.</summary>
    [Fact]
    public void A_packed_file_that_is_cut_off_is_refused_wherever_it_is_cut()
    {
        byte[] first = trial[..(Array.IndexOf(trial, (byte)'\n', trial.Length / 2) + 1)];
        using var cut = new MemoryStream();
        using (var packing = new GZipStream(cut, CompressionLevel.Fastest, leaveOpen: true))
        {
            packing.Write(first);
            packing.Flush();
            var flushed = cut.ToArray();
            Assert.Contains("damaged", Refusal(flushed), StringComparison.Ordinal);
        }

        var whole = Packed(trial);
        foreach (var left in (int[])[1, 4, 8, 9, 100, whole.Length / 2, whole.Length - 20])
        {
            Assert.NotEmpty(Refusal(whole[..^left]));
        }
    }

    /// <summary>Found by AFL++: the first two letters are those of zlib with a dictionary.</summary>
    [Fact]
    public void A_text_file_may_begin_as_if_zlib_had_packed_it() =>
        Assert.Equal(1, DatasetReader.Read("t.csv", Encoding.UTF8.GetBytes("x ,y\n1,2\n")).Rows);

    [Fact]
    public void A_packed_file_may_have_several_parts()
    {
        var middle = trial.Length / 3;
        byte[] parts = [.. Packed(trial[..middle]), .. Packed(trial[middle..])];
        Assert.Equal(2000, DatasetReader.Read("t.csv.gz", parts).Rows);
        Assert.NotEmpty(Refusal(parts[..^10]));
    }

    /// <summary>A file that shrinks while it is read ends in the middle of a line, like one that was cut off before.</summary>
    [Fact]
    public void A_text_file_that_is_cut_off_within_a_line_is_refused_with_the_line()
    {
        var end = Array.IndexOf(trial, (byte)'\n', trial.Length / 2);
        File.WriteAllBytes(Path.Combine(folder, "cut.csv"), trial[..(end - 12)]);
        var exception = Assert.Throws<InputException>(() => DatasetReader.Read(Path.Combine(folder, "cut.csv")));
        Assert.Equal(trial.AsSpan(0, end).Count((byte)'\n') + 1, exception.Line);
    }

    [Fact]
    public void No_result_depends_on_a_clock_that_jumps()
    {
        string[] line = ["compare", Path.Combine(folder, "t.csv"), "yb ~ trt + x", "--cluster", "id", "--treatment", "trt"];
        Assert.Equal(Run(line, TimeProvider.System), Run(line, new JumpingClock()));
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "margcond.dll");

    private static (int Code, string Output) Run(string[] line, TimeProvider clock)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (new Application(new ConsoleStreams { Out = output, Error = error, Clock = clock }).Run(line), output.ToString());
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.Optimal))
        {
            packing.Write(bytes);
        }

        return packed.ToArray();
    }

    private static string Refusal(byte[] content) =>
        Assert.Throws<InputException>(() => DatasetReader.Read("t.csv.gz", content)).Message;

    private static string OnOneLine(string text) =>
        string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

    private static string Quoted(string line) =>
        string.Join(' ', line.Split('|').Select(word => $"'{word.Replace(" : ", " | ", StringComparison.Ordinal)}'"));

    private (int Code, string Error) Shell(string script)
    {
        var start = new ProcessStartInfo("sh")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    /// <summary>A clock that goes back and forth by years.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private int calls;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(calls++ % 2 == 0 ? 60 : 5);
    }
}
