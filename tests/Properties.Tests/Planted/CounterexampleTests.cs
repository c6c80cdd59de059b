using System.Globalization;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Trials;

namespace MarginalConditional.Properties.Tests.Planted;

/// <summary>What a broken law prints is the smallest case that the search could reach, and is enough to see the fault again.</summary>
public sealed class CounterexampleTests
{
    private static readonly LawOptions Options = new() { Seed = 5 };

    public static TheoryData<string> Names =>
        [.. LawBook.All.OfType<TrialLaw>().Select(law => law.Name).Where(name => name != "repeatable")];

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_that_is_one_step_smaller_breaks_the_law(string name)
    {
        var (law, wrong) = ((TrialLaw)LawBook.Named(name), PlantedMistakesTests.Mistakes[name].Wrong());
        var smallest = law.Check(wrong, Options).Smallest!;
        Assert.True(law.CheckOne(wrong, smallest).IsBroken);
        Assert.All(
            TrialShrinker.Smaller(smallest.Trial, law.Shape(wrong)),
            smaller => Assert.False(law.CheckOne(wrong, smallest with { Trial = smaller }).IsBroken, smaller.Csv));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_printed_rows_read_again_break_the_law_again(string name)
    {
        var (law, wrong) = ((TrialLaw)LawBook.Named(name), PlantedMistakesTests.Mistakes[name].Wrong());
        var result = law.Check(wrong, Options);
        var printed = result.ToString().Split(":\n", 2)[1].Split(["Expected: ", "\nThe same"], StringSplitOptions.None)[0];
        var read = Read(wrong.Model, printed.Split('\n'), result.Smallest!.Trial.Rows);
        Assert.Equal(result.Smallest.Trial.Csv, read.Csv);
        Assert.True(law.CheckOne(wrong, result.Smallest with { Trial = read }).IsBroken);
    }

    [Fact]
    public void The_line_names_seed_and_data_sets_and_gives_the_same_again()
    {
        var law = LawBook.Named("row-order");
        var wrong = PlantedMistakesTests.Mistakes["row-order"].Wrong;
        var result = law.Check(wrong(), new LawOptions { Seed = 77, Tests = 60 });
        Assert.Equal("LawBook.Named(\"row-order\").Check(estimator, new LawOptions { Seed = 77, Tests = 60 })", result.Replay);
        Assert.Equal(result.ToString(), law.Check(wrong(), new LawOptions { Seed = 77, Tests = 60 }).ToString());
        Assert.NotEqual(result.ToString(), law.Check(wrong(), new LawOptions { Seed = 78, Tests = 60 }).ToString());
    }

    [Fact]
    public void A_line_of_another_program_stands_in_its_place()
    {
        var result = LawBook.Named("row-order").Check(
            PlantedMistakesTests.Mistakes["row-order"].Wrong(),
            new LawOptions { ReplayLine = name => $"verify --law {name}" });
        Assert.EndsWith("Replay: verify --law row-order\n", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_law_that_is_kept_prints_neither_rows_nor_a_line()
    {
        var result = LawBook.Named("row-order").Check(PlantedModels.Of(PlantedModels.ArmMeans), Options);
        Assert.Equal(LawVerdict.Holds, result.Verdict);
        Assert.Equal((string.Empty, null, null, null), (result.Replay, result.Smallest, result.First, result.Outcome));
        Assert.DoesNotContain("Replay", result.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Laws are tried on streams of their own: alone, or after all others, on the same data.</summary>
    [Fact]
    public void A_law_meets_the_same_data_alone_and_among_the_others()
    {
        var alone = new List<string>();
        LawBook.Named("row-order").Check(Listening(alone), new LawOptions { Tests = 5 });
        var together = new List<string>();
        LawBook.Check(Listening(together), new LawOptions { Tests = 5, MostReplicates = 5 });
        Assert.NotEmpty(alone);
        Assert.Empty(alone.Except(together, StringComparer.Ordinal));
    }

    private static Estimators.ITrialEstimator Listening(List<string> heard) => PlantedModels.Of(trial =>
    {
        heard.Add(trial.Csv);
        return PlantedModels.ArmMeans(trial);
    });

    private static TrialData Read(TrialModel model, string[] lines, int rows)
    {
        var header = lines[0].Split(',');
        var cells = lines.Skip(1).Take(rows).Select(line => line.Split(',')).ToArray();
        string[] Texts(string name) => [.. cells.Select(row => row[Array.IndexOf(header, name)])];
        double[] Numbers(string name) => Array.ConvertAll(Texts(name), text => double.Parse(text, CultureInfo.InvariantCulture));
        var columns = header
            .Where(name => name == model.Effect || model.Covariates.Any(covariate => covariate.Name == name))
            .Select(name => new TrialColumn(name, Numbers(name)));
        return new TrialData(
            model,
            Texts(TrialModel.ClusterName),
            [.. Numbers(TrialModel.WaveName).Select(wave => (int)wave)],
            [.. columns],
            Numbers(model.Outcome),
            header.Contains(TrialModel.CountName) ? [.. Numbers(TrialModel.CountName).Select(count => (int)count)] : []);
    }
}
