using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Publishing;

public sealed class PlotOptionTests
{
    private static readonly string[] Meta = ["meta", "examples/bcg/bcg.csv", "--measure", "RR", "--treat", "tpos,tneg", "--control",
        "cpos,cneg"];

    [Fact]
    public void A_picture_is_written_and_the_result_is_what_it_is_without()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "f.svg");
        var result = Margcond.Run([.. Meta, "--plot", $"forest={path}"]);
        Assert.Equal(Margcond.Run(Meta), result);
        Assert.StartsWith("<svg", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_gets_all_pictures_and_is_made()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "new") + "/";
        Assert.Equal(0, Margcond.Run([.. Meta, "--plot", path]).ExitCode);
        Assert.Equal(
            ["forest.svg", "funnel.svg", "labbe.svg", "radial.svg"],
                Directory.GetFiles(path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_picture_that_a_result_does_not_have_is_left_out_of_a_folder_with_a_note_and_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string[] command = ["gee", "examples/toenail/toenail.csv", "y ~ time", "--cluster", "patientID"];
        var all = Margcond.Run([.. command, "--plot", folder.Path]);
        Assert.Contains("The picture dropout is left out", all.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder.Path, "dropout.svg")));
        var one = Margcond.Run([.. command, "--plot", $"dropout={Path.Combine(folder.Path, "d.svg")}"]);
        Assert.Equal(2, one.ExitCode);
        Assert.Empty(one.Out);
        Assert.Contains("--wave", one.Error, StringComparison.Ordinal);
    }

    /// <summary>Single rows have no distance in time, separated outcomes no mean.</summary>
    [Fact]
    public void Pictures_of_which_a_fit_has_no_number_are_left_out()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("few.csv", "y,x,t,id\n3,1,1,1\n5,1,1,2\n2,0,2,3\n9,0,2,4\n4,0,2,5\n");
        var alone = Margcond.Run("lmm", path, "y ~ x", "--residual", "diag", "--wave", "t", "--cluster", "id", "--plot", folder.Path);
        Assert.Equal(0, alone.ExitCode);
        Assert.Contains(
            "The picture correlation is left out, because no cluster has rows of two waves.", Unwrapped(alone.Error),
            StringComparison.Ordinal);

        var inverse = Margcond.Run(
            "glmm", "examples/toenail/toenail.csv", "I(1 + y) ~ time + (1 | patientID)", "--family", "gamma", "--link", "inverse",
            "--nodes", "1", "--plot", folder.Path);
        Assert.Contains(
            "The picture curves is left out, because the inverse link has no mean over normal effects.", Unwrapped(inverse.Error),
            StringComparison.Ordinal);

        var rows = Enumerable.Range(0, 40).Select(row => $"{(row % 8 > 3 ? 1 : 0)},{row % 8},{row / 4}");
        var separated = folder.Write("separated.csv", "y,x,id\n" + string.Join('\n', rows) + "\n");
        var infinite = Margcond.Run(
            "glmm", separated, "y ~ x + (1 | id)", "--family", "binomial", "--lsmeans", "x", "--at", "x=5,6", "--plot", folder.Path);
        Assert.Equal(3, infinite.ExitCode);
        Assert.Contains(
            "The picture means is left out, because none of them could be estimated.", Unwrapped(infinite.Error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(1 | patientID)", true)]
    [InlineData("(time | patientID)", false)]
    public void Curves_of_slopes_of_their_own_are_not_said_to_be_steeper_than_their_average(string effects, bool flattens)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "curves.svg");
        Margcond.Run("glmm", "examples/toenail/toenail.csv", $"y ~ time + {effects}", "--nodes", "1", "--plot", $"curves={file}");
        Assert.Equal(flattens, File.ReadAllText(file).Contains("flatter", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("forrest=f.svg", "Did you mean \"forest\"?")]
    [InlineData("forrest=f.svg", "It takes forest, funnel, radial, labbe, bubble.")]
    [InlineData("forest=f.png", "end the name with .svg")]
    [InlineData("forest=nowhere/f.svg", "there is no folder")]
    [InlineData("forest", "Write --plot forest=forest.svg.")]
    [InlineData("f.svg", "neither KIND=FILE.svg nor a folder")]
    public void What_cannot_be_drawn_is_refused_before_anything_is_done(string plot, string sentence)
    {
        var result = Margcond.Run([.. Meta, "--plot", plot]);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Out);
        Assert.Contains(sentence, Unwrapped(result.Error), StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_without_a_picture_are_refused() =>
        Assert.Contains("--plot-width has no effect", Unwrapped(Margcond.Run([.. Meta, "--plot-width", "500"]).Error),
            StringComparison.Ordinal);

    private static string Unwrapped(string text) =>
        string.Join(' ', text.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries));
}
