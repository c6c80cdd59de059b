using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Meta;

/// <summary>Pictures of meta-regressions: their numbers are those of the tables, and metafor's.</summary>
public sealed class BubbleTests
{
    private const string Analysis = "--measure RR --treat tpos,tneg --control cpos,cneg --label author,year";

    private static readonly string[] Allocations =
    [
        "random", "random", "random", "random", "alternate", "alternate", "random", "random", "random", "systematic", "systematic",
        "systematic", "systematic",
    ];

    [Fact]
    public void Categories_have_their_means_beside_the_studies()
    {
        // rma(yi, vi, mods = ~ alloc, data = dat.bcg) of metafor 3.8-1, predict(transf = exp): .5957, .3807, .6512.
        var svg = Drawn("alloc", "bubble");
        Assert.Contains("the mean effect is 0.60 (alternate), 0.38 (random), 0.65 (systematic)", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("circles are the effects as they are", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_moderators_the_first_number_is_drawn_and_the_caption_says_where_the_others_are()
    {
        // The same with mods = ~ alloc + ablat, at ablat 11.32 and 56.68 with alloc = alternate.
        var svg = Drawn("alloc + ablat", "bubble");
        Assert.Contains("goes from 0.98 to 0.29, p = .003 for no slope", svg, StringComparison.Ordinal);
        Assert.Contains("for alloc alternate; circles", svg, StringComparison.Ordinal);
        Assert.Contains("year 1966 (its mean)", Drawn("ablat + year", "bubble"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_moderators_there_is_none()
    {
        var result = Margcond.RunLine($"meta {Repository.Data("bcg")} {Analysis} --plot bubble=b.svg");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("moderator (--moderators)", result.Error, StringComparison.Ordinal);
    }

    /// <summary>All studies of the first level have one dose, so that nothing is known of other doses there.</summary>
    [Fact]
    public void Means_that_cannot_be_estimated_are_not_drawn()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "studies.csv");
        File.WriteAllText(data, "y,v,m,g\n1,1,1,B\n2,1,1,C\n3,1,-3,C\n1,2,1,C\n4,1,1,B\n2,1,1,B\n3,1,2.5,C\n");
        string[] words = ["meta", data, "--yi", "y", "--vi", "v", "--moderators", "~ m * g", "--plot"];
        Assert.Equal(0, Margcond.Run([.. words, Path.Combine(folder.Path, "all") + "/"]).ExitCode);
        var alone = Margcond.Run([.. words, "bubble=" + Path.Combine(folder.Path, "b.svg")]);
        Assert.Equal(2, alone.ExitCode);
        Assert.Contains("not every mean along m can be estimated", Answers.Flat(alone.Error), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "b.svg")));
    }

    private static string Drawn(string moderators, string kind)
    {
        using var folder = new TemporaryFolder();
        var (data, path) = (Path.Combine(folder.Path, "bcg.csv"), Path.Combine(folder.Path, "b.svg"));
        var lines = File.ReadAllLines(Repository.Data("bcg")).Where(line => line.Length > 0);
        File.WriteAllLines(data, lines.Select((line, i) => line + "," + (i == 0 ? "alloc" : Allocations[i - 1])));
        Assert.Equal(
            0, Margcond.Run(["meta", data, .. Analysis.Split(' '), "--moderators", moderators, "--plot", $"{kind}={path}"]).ExitCode);
        return string.Join(' ', File.ReadAllText(path).Split('\n', StringSplitOptions.TrimEntries));
    }
}
