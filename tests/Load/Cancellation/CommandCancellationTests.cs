using System.Diagnostics;
using System.Runtime.InteropServices;
using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Load.Data;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Load.Cancellation;

/// <summary>Each command ends when it is interrupted, with exit code 130, no result on stdout and no file that is half written.</summary>
public sealed class CommandCancellationTests : IDisposable
{
    private const string Study = """
        study: interrupted
        seed: 5
        replicates: 20
        data-generating-mechanisms:
          clusters: 16
          cluster-size: 6
          sigma: [0.5, 1.5]
          effect: 1
        estimands: [conditional, marginal]
        methods:
          - glmm: {nodes: 7}
          - gee
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("margcond-").FullName;

    public CommandCancellationTests()
    {
        using (var output = new StreamWriter(Path.Combine(folder, "t.csv")) { NewLine = "\n" })
        {
            LargeTrial.Write(output, 480, 4, people: 10);
        }

        File.WriteAllText(Path.Combine(folder, "study.yaml"), Study);
        File.WriteAllText(
            Path.Combine(folder, "studies.csv"),
            "study,e1,n1,e2,n2\na,3,20,5,21\nb,8,40,9,38\nc,2,15,6,18\nd,11,60,20,61\ne,4,33,7,30\n");
    }

    public static TheoryData<string> Lines =>
    [
        "gee|t.csv|yb ~ trt * time + x|--cluster|id|--predictions|p.csv|--out|r.txt",
        "gee|t.csv|yo ~ trt + x|--cluster|id|--family|ordinal|--out|r.txt",
        "glmm|t.csv|yb ~ trt + x + (1 \\| id)|--save|f.json|--random-effects|p.csv|--out|r.txt",
        "glmm|t.csv|yo ~ trt + x + (1 \\| id)|--family|ordinal|--out|r.txt",
        "lmm|t.csv|y ~ trt * time + x + (time \\| id)|--df|satterthwaite|--out|r.json|--format|json",
        "marginalize|t.csv|yb ~ trt + x + (1 \\| id)|--out|r.txt",
        "compare|t.csv|yb ~ trt + x|--cluster|id|--treatment|trt|--out|r.txt",
        "compare|t.csv|yb ~ trt + x|--treatment|trt|--out|r.txt",
        "profile|t.csv|yb ~ trt + x + (1 \\| site)|--out|r.csv|--format|csv",
        "meta|studies.csv|--measure|OR|--treat|e1/n1|--control|e2/n2|--method|exact|--out|r.txt",
        "describe|t.csv|--cluster|id|--wave|time|--out|r.txt",
        "simulate|study.yaml|--threads|1",
    ];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_command_that_is_interrupted_leaves_nothing_and_gives_the_same_result_the_next_time(string line)
    {
        var (code, looks, output) = Run(line, int.MaxValue);
        Assert.Equal(0, code);
        var results = Results();
        foreach (var at in new[] { 2, (looks / 3) + 1, (2 * looks / 3) + 1 })
        {
            foreach (var file in results.Keys)
            {
                File.Delete(file);
            }

            var (interrupted, ended, nothing) = Run(line, at);
            Assert.Equal(130, interrupted);
            Assert.Equal(at, ended);
            Assert.Equal(string.Empty, nothing);
            Assert.All(Results(), file => Assert.Equal(results[file.Key], file.Value));
        }

        Assert.Equal((0, looks, output), Run(line, int.MaxValue));
        Assert.Equal(results, Results());
    }

    /// <summary>The signal itself, at keyed moments of a process.</summary>
    [UnixTheory]
    [InlineData("gee|t.csv|yb ~ trt * time + x|--cluster|id|--out|r.txt")]
    [InlineData("compare|t.csv|yb ~ trt + x|--cluster|id|--treatment|trt|--out|r.txt")]
    [InlineData("glmm|t.csv|yb ~ trt + x + (1 \\| id)|--bootstrap|2000|--out|r.txt")]
    public void Ctrl_C_ends_the_process(string line)
    {
        var stream = new RandomStream(41, (ulong)line.Length, 1);
        for (var i = 0; i < 3; i++)
        {
            using var process = Start(line);
            Thread.Sleep((int)(600 * stream.NextUniform()));
            Assert.True(process.HasExited || Kill(process.Id, 2) == 0);
            Assert.True(process.WaitForExit(20_000), "the process runs on");

            // Before the program listens, the system ends it: 128 + SIGINT as well. A short command may have ended by itself.
            Assert.Contains(process.ExitCode, (int[])[0, 130]);
            Assert.Equal(process.ExitCode == 0, File.Exists(Path.Combine(folder, "r.txt")));
            Assert.DoesNotContain(Directory.EnumerateFiles(folder), file => file.EndsWith(".tmp", StringComparison.Ordinal));
            File.Delete(Path.Combine(folder, "r.txt"));
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);

    private Process Start(string line)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "margcond.dll"));
        foreach (var word in Words(line))
        {
            start.ArgumentList.Add(word);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs a line on one thread; the token is cancelled at one of the looks.</summary>
    private (int Code, int Looks, string Output) Run(string line, int at)
    {
        using var source = new CancellationTokenSource();
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var looks = 0;
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder);
        try
        {
            using var scope = CancellationScope.Enter(source.Token, () =>
            {
                looks++;
                if (looks == at)
                {
                    source.Cancel();
                }
            });
            string[] words = [.. Words(line)];
            string[] one = words.Contains("--threads") ? [] : ["--threads", "1"];
            var code = new Application(new ConsoleStreams { Out = output, Error = error }).Run([.. words, .. one]);
            return (code, looks, output.ToString() + (code == 2 ? error.ToString() : string.Empty));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>The words of a line; a bar within a word stands behind a backslash.</summary>
    private static IEnumerable<string> Words(string line) =>
        line.Replace("\\|", "\0", StringComparison.Ordinal).Split('|').Select(word => word.Replace('\0', '|'));

    /// <summary>What the folder holds beside the input.</summary>
    private Dictionary<string, string> Results() =>
        Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file) is not ("t.csv" or "study.yaml" or "studies.csv"))
            .ToDictionary(file => file, File.ReadAllText);
}
