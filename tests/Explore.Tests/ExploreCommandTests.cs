using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace MarginalConditional.Explore.Tests;

/// <summary>The command as people start it: a process that starts another, and leaves nothing behind.</summary>
public sealed partial class ExploreCommandTests
{
    private const string Toenail = "examples/toenail/toenail.csv";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(2, 130)]
    [InlineData(15, 143)]
    [InlineData(9, 137)]
    public async Task However_the_command_ends_no_process_and_no_port_stay_behind(int signal, int code)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var command = Margcond("explore");
        var address = await Address(command);
        using var client = new HttpClient();
        Assert.Contains("Whose odds ratio?", await client.GetStringAsync(address), StringComparison.Ordinal);
        var child = Child(command.Id);
        Assert.True(child > 0);

        Assert.Equal(0, Kill(command.Id, signal));
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await command.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // The test has failed; what it started must not stay behind all the same.
            command.Kill(entireProcessTree: true);
            throw;
        }

        Assert.Equal(code, command.ExitCode);
        while (IsListening(address.Port) || Directory.Exists($"/proc/{child}"))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    [Fact]
    public async Task With_a_trial_the_page_starts_at_its_ladder()
    {
        const string model = "\"y ~ treatment * time\" --cluster patientID --treatment treatment";
        using var compare = Margcond($"compare {Toenail} {model} --no-checks --format json");
        using var ladder = JsonDocument.Parse(await compare.StandardOutput.ReadToEndAsync());
        double[] expected =
        [
            .. ladder.RootElement.GetProperty("ladder").EnumerateArray()
                .Where(rung => rung.GetProperty("scale").GetString() == "log odds ratio"
                    && rung.GetProperty("weighting").GetString() == "participant")
                .OrderBy(rung => rung.GetProperty("rung").GetInt32())
                .Take(3)
                .Select(rung => rung.GetProperty("estimate").GetDouble()),
        ];

        using var command = Margcond($"explore {Toenail} {model}");
        var address = await Address(command);
        using var client = new HttpClient();
        using var figures = JsonDocument.Parse(await client.GetStringAsync(new Uri(address, "figures?setting=")));
        double[] shown =
        [
            .. figures.RootElement.GetProperty("rungs").EnumerateArray()
                .Take(3)
                .Select(rung => rung.GetProperty("logOddsRatio").GetDouble()),
        ];
        Assert.All(expected.Zip(shown), pair => Assert.Equal(pair.First, pair.Second, 2e-4));
        var page = await client.GetStringAsync(address);
        Assert.Contains("terbinafine against itraconazole, 1,908 rows in 294 clusters", page, StringComparison.Ordinal);
        var again = figures.RootElement.GetProperty("commands")[0].GetProperty("text").GetString();
        Assert.Equal($"margcond compare {Toenail} {model}", again);
        command.Kill(entireProcessTree: true);
    }

    [Fact]
    public async Task The_commands_of_a_setting_run_and_say_the_same()
    {
        await using var page = await RunningPage.Start();
        var shown = await page.Figures(new() { Sigma = 0.8, Covariate = 0, Clusters = 24, Size = 10 });
        var text = shown.GetProperty("commands")[0].GetProperty("text").GetString()!;
        using var plan = Margcond(text["margcond ".Length..] + " --format json");
        using var planned = JsonDocument.Parse(await plan.StandardOutput.ReadToEndAsync());
        Assert.Equal(Fact("power"), planned.RootElement.GetProperty("power").GetDouble(), 1e-12);
        Assert.Equal(Fact("designEffect"), planned.RootElement.GetProperty("designEffect").GetDouble(), 1e-12);

        var folder = Directory.CreateTempSubdirectory("margcond-");
        try
        {
            var file = Path.Combine(folder.FullName, "study.yaml");
            var setting = shown.GetProperty("setting").GetString()!;
            await File.WriteAllTextAsync(file, await page.Client.GetStringAsync(
                new Uri("study.yaml?setting=" + Uri.EscapeDataString(setting), UriKind.Relative)));
            using var simulate = Margcond($"simulate \"{file}\" --replicates 4");
            var output = await simulate.StandardOutput.ReadToEndAsync();
            await simulate.WaitForExitAsync();
            Assert.Equal(0, simulate.ExitCode);
            Assert.Contains("explored", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        double Fact(string key) => shown.GetProperty("facts").EnumerateArray()
            .Single(fact => fact.GetProperty("key").GetString() == key)
            .GetProperty("value")
            .GetDouble();
    }

    [Fact]
    public async Task The_examples_of_the_help_show_pages()
    {
        using var help = Margcond("explore --help");
        var text = (await help.StandardOutput.ReadToEndAsync()).Replace("\\\n", " ", StringComparison.Ordinal);
        string[] examples = [.. text.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.StartsWith("margcond explore", StringComparison.Ordinal)
                && !line.StartsWith("margcond explore:", StringComparison.Ordinal))];
        Assert.Equal(3, examples.Length);
        foreach (var example in examples)
        {
            using var command = Margcond(example["margcond ".Length..]);
            Assert.Equal("127.0.0.1", (await Address(command)).Host);
            command.Kill(entireProcessTree: true);
        }
    }

    [Theory]
    [InlineData("explore --cluster site", "--cluster has no effect without a file")]
    [InlineData("explore --setting sigma=-1", "from 0 to 12")]
    [InlineData("explore --port 0", "from 1 to 65,535")]
    [InlineData("explore " + Toenail, "formula is missing")]
    [InlineData("explore " + Toenail + " \"y ~ treatment\"", "--cluster COLUMN")]
    [InlineData("explore " + Toenail + " \"y ~ time\" --cluster patientID", "--factor time")]
    [InlineData("explore " + Toenail + " \"y ~ time\" --cluster patientID --treatment treatment", "has no such term")]
    [InlineData("explore " + Toenail + " \"y ~ treatment + (time | patientID)\"", "one random intercept")]
    public async Task What_cannot_be_shown_is_refused(string line, string reason)
    {
        using var command = Margcond(line);
        var words = (await command.StandardError.ReadToEndAsync()).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var error = string.Join(' ', words);
        await command.WaitForExitAsync();
        Assert.Equal(2, command.ExitCode);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Empty(await command.StandardOutput.ReadToEndAsync());
    }

    private static Process Margcond(string line)
    {
        // The programs as the solution builds them, of the configuration that is tested.
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(
            ReferenceFiles.RepositoryRoot, "src", "Cli", "bin", build.Parent!.Name, build.Name, "margcond.dll");
        return Process.Start(new ProcessStartInfo("dotnet", $"\"{program}\" {line}")
        {
            WorkingDirectory = ReferenceFiles.RepositoryRoot,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
    }

    private static async Task<Uri> Address(Process command)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await command.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains("http://", StringComparison.Ordinal))
            {
                return new Uri(line.Trim());
            }
        }

        throw new InvalidOperationException(await command.StandardError.ReadToEndAsync(limit.Token));
    }

    private static int Child(int parent)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(
            Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                // The fields after the name in parentheses: state, parent.
                var fields = File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ');
                if (fields[1] == parent.ToString(System.Globalization.CultureInfo.InvariantCulture))
                {
                    return int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture);
                }
            }
            catch (IOException)
            {
                // It has ended since.
            }
        }

        return 0;
    }

    private static bool IsListening(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
