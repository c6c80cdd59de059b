using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ladders.Building;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary><see cref="ChangeLadder"/> and <see cref="TimeQuestion"/>: the interaction of treatment and time on every rung.</summary>
public sealed class ChangeLadderTests
{
    private const string Formula = "y ~ arm * period + x + (1 | id)";

    [Fact]
    public void Every_rung_is_that_at_one_time_less_that_at_the_other()
    {
        var frame = WedgeTrial.Frame(Parallel(31), Formula);
        var options = Options() with { Between = new TimeChange(null, "1", "4") };
        var comparison = ModelComparer.Compare(frame, options);
        var (first, last) = (At("1").Ladder.Rungs, At("4").Ladder.Rungs);

        Assert.Equal(comparison.Ladder.Rungs.Count, comparison.Change!.Rungs.Count);
        foreach (var rung in comparison.Change.Rungs)
        {
            var (from, to) = (Same(first, rung), Same(last, rung));
            Assert.Equal([("period", "4 - 1")], rung.Question.At);
            Assert.Equal(to.Inference.Estimate - from.Inference.Estimate, rung.Inference.Estimate, 1e-12);

            // A standard error of its own, from the joint influences: neither that of independent numbers nor of equal ones.
            var variance = to.Influence.Values.ToArray().Zip(from.Influence.Values.ToArray(), (a, b) => a - b).ToArray();
            var mean = variance.Average();
            var clusters = variance.Length;
            Assert.Equal(
                Math.Sqrt(clusters / (clusters - 1.0) * variance.Sum(value => (value - mean) * (value - mean))),
                rung.Inference.StandardError,
                1e-12);
        }

        ModelComparison At(string time) => ModelComparer.Compare(frame, options with { Between = null, At = [("period", time)] });
    }

    [Fact]
    public void The_first_rung_is_the_coefficient_of_the_interaction_and_the_steps_add_up()
    {
        var comparison = ModelComparer.Compare(
            WedgeTrial.Frame(Parallel(32), Formula), Options() with { Between = new TimeChange("period", "2", "4") });
        var interaction = comparison.Glmm.Coefficients[comparison.Frame.Design.Names.ToList().IndexOf("arm:period")];
        var rungs = comparison.Change!.Rungs.Where(rung => rung.Scale == "log odds ratio" && rung.Weighting.Name == "participant").ToList();
        var steps = comparison.Change.Steps.Where(step => step.Scale == "log odds ratio" && step.Weighting.Name == "participant").ToList();

        Assert.Equal(2 * interaction, rungs[0].Inference.Estimate, 1e-9);
        Assert.Equal([0, 1, 2, 3, 4], rungs.Select(rung => rung.Rung));
        Assert.Equal(4, steps.Count);
        Assert.Equal(rungs[^1].Inference.Estimate - rungs[0].Inference.Estimate, steps.Sum(step => step.Inference.Estimate), 1e-12);
        Assert.All(
            comparison.Change.Steps.Where(step => step.Scale == "risk difference" && step.To <= 2),
            step => Assert.Equal(0, step.Inference.Estimate));
        Assert.Contains(comparison.Change.Sides, side => side.Rung == 3 && side.Scale == "log odds ratio");
    }

    [Fact]
    public void A_time_that_nobody_was_seen_at_leaves_the_rungs_that_need_no_residuals()
    {
        var comparison = ModelComparer.Compare(
            WedgeTrial.Frame(Parallel(33), Formula), Options() with { Between = new TimeChange("period", "1", "2.5") });

        Assert.Equal([0, 1, 2], comparison.Change!.Rungs.Select(rung => rung.Rung).Distinct().Order());
    }

    [Fact]
    public void Without_a_time_the_ladder_is_at_the_last_wave_where_the_waves_are_named()
    {
        var frame = WedgeTrial.Frame(Parallel(34), Formula);
        var comparison = ModelComparer.Compare(frame, Options() with { Wave = "period" });

        Assert.Equal([("period", "4")], comparison.Options.At);
        Assert.All(comparison.Ladder.Rungs, rung => Assert.Equal([("period", "4")], rung.Question.At));
        Assert.Contains(comparison.Notes, note => note.Contains("the ladder is at period = 4, the last", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_waves_a_note_says_how_to_ask_at_a_time()
    {
        var comparison = ModelComparer.Compare(WedgeTrial.Frame(Parallel(35), Formula), Options());

        Assert.Empty(comparison.Options.At);
        Assert.Null(comparison.Change);
        Assert.Contains(comparison.Notes, note => note.Contains("--at period=VALUE", StringComparison.Ordinal));
    }

    [Fact]
    public void A_treatment_that_interacts_with_no_time_has_no_change()
    {
        var frame = WedgeTrial.Frame(Parallel(36), "y ~ arm + period + x + (1 | id)");
        var refusal = Assert.Throws<InputException>(
            () => ModelComparer.Compare(frame, Options() with { Between = new TimeChange(null, "1", "4") }));

        Assert.Contains("--between", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(ModelComparer.Compare(frame, Options() with { Wave = "period" }).Options.At);
    }

    [Fact]
    public void Periods_that_give_the_arm_and_are_not_named_are_noted()
    {
        var wedge = WedgeTrial.Frame(WedgeTrial.Rows(9, 3, 37, binary: true));

        Assert.Contains(Notes(wedge, Options()), note => note.Contains("say --period period", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Notes(wedge, Options() with { Period = "period" }), note => note.Contains("--period", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Notes(WedgeTrial.Frame(Parallel(37)), Options()), note => note.Contains("--period", StringComparison.Ordinal));

        // Arms drawn for each person are no periods.
        List<WedgeRow> drawn = [.. WedgeTrial.Rows(9, 3, 37, binary: true).Select((row, i) => row with { Arm = i % 2 })];
        Assert.DoesNotContain(Notes(WedgeTrial.Frame(drawn), Options()), note => note.Contains("--period", StringComparison.Ordinal));

        static IReadOnlyList<string> Notes(Data.Frames.ModelFrame frame, ComparisonOptions options) =>
            ModelComparer.Compare(frame, options).Notes;
    }

    private static ComparisonOptions Options() => WedgeTrial.Options(binary: true) with { Period = null };

    /// <summary>A parallel trial over four periods: every second cluster is treated from the start.</summary>
    private static List<WedgeRow> Parallel(ulong seed) =>
        [.. WedgeTrial.Rows(16, 3, seed, binary: true, effect: 0).Select(row => row with { Arm = row.Cluster % 2 })];

    private static LadderRung Same(IReadOnlyList<LadderRung> rungs, LadderRung like) => rungs.Single(rung =>
        rung.Rung == like.Rung && rung.Scale == like.Scale && rung.Weighting == like.Weighting);
}
