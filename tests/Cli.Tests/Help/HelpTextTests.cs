using System.CommandLine;
using MarginalConditional.Cli.Commands;
using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Help;

/// <summary>What <see cref="HelpText"/> prints for the program and for each command.</summary>
public sealed class HelpTextTests
{
    public static TheoryData<string> Commands => [.. All().Select(command => command.Name)];

    /// <summary>The page stands until it is ended, and its tests start its examples; serving reads what is typed.</summary>
    public static TheoryData<string> EndingCommands =>
        [.. All().Select(command => command.Name).Where(name => name is not ("explore" or "serve"))];

    [Fact]
    public void Help_lists_every_command_and_says_how_to_begin()
    {
        var help = Margcond.Run("--help");
        Assert.Equal(0, help.ExitCode);
        Assert.Equal(help.Out, Margcond.Run().Out);
        Assert.All(All(), command => Assert.Contains($"\n  {command.Name} ", help.Out, StringComparison.Ordinal));
        Assert.Contains("margcond demo", help.Out, StringComparison.Ordinal);
        Assert.All(help.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_of_a_command_fits_80_columns_and_explains_every_option(string name)
    {
        var command = All().Single(candidate => candidate.Name == name);
        var help = Margcond.Run(name, "--help");
        Assert.Equal(0, help.ExitCode);
        Assert.All(help.Out.Split('\n'), line => Assert.True(line.Length <= 80 || line.Contains('"', StringComparison.Ordinal), line));
        Assert.All(command.Options.Where(option => !option.Hidden), option =>
        {
            Assert.Contains($"  {option.Name}", help.Out, StringComparison.Ordinal);
            Assert.False(string.IsNullOrEmpty(option.Description), option.Name);
        });
    }

    [Theory]
    [MemberData(nameof(EndingCommands))]
    public void The_example_of_a_command_works(string name)
    {
        var examples = ((DocumentedCommand)All().Single(candidate => candidate.Name == name)).Example.Split('\n');
        using var folder = new TemporaryFolder();
        var written = new Dictionary<string, string>(StringComparer.Ordinal);
        Assert.All(examples, example =>
        {
            var words = Margcond.Words(example.Split(" > ")[0]).Skip(1).ToArray();
            for (var i = 0; i < words.Length - 1; i++)
            {
                if (words[i] == "--out")
                {
                    written[words[i + 1]] = Path.Combine(folder.Path, Path.GetFileName(words[i + 1]));
                }
            }

            // What one line of an example writes a later one may read.
            words = [.. words.Select(word => written.GetValueOrDefault(word, word))];

            // The demonstration's simulation at full length is run by the continuous check; its beginning is enough here.
            var result = Margcond.Run(words is ["demo"] ? ["demo", "--replicates", "4"] : words);
            Assert.True(result.ExitCode == 0, $"{example}\n{result.Error}");
        });
    }

    [Fact]
    public void One_command_is_made_by_the_name_that_it_has()
    {
        var names = All().Select(command => command.Name).ToArray();
        Assert.All(names, name =>
        {
            Assert.True(CommandList.Has(name));
            Assert.Equal([name], CommandList.Create(name).Select(definition => definition.Build(new NoRunner()).Name));
        });
        Assert.False(CommandList.Has("gees"));
    }

    private static IEnumerable<Command> All() => CommandList.Create().Select(definition => definition.Build(new NoRunner()));

    private sealed class NoRunner : ICommandRunner
    {
        public ConsoleStreams Streams => throw new NotSupportedException();

        public void Handle(Command command, OutputOptions? output, Func<ParseResult, CommandContext, int> body)
        {
        }
    }
}
