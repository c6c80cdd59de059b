using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Ordinal;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Ordinal;

/// <summary>
/// <see cref="OrdinalComparisonBuilder"/>: an outcome of two categories is a binary one, whose comparison is computed by other code.
/// </summary>
public sealed class OrdinalComparisonBuilderTests
{
    private const string Formula = "y ~ arm + xw + h + (1 | cluster)";

    [Theory]
    [InlineData("influence")]
    [InlineData("closed")]
    [InlineData("one-step")]
    public void Two_categories_have_the_ladder_of_a_binary_outcome(string name)
    {
        var errors = StandardizedErrors.All.First(choice => choice.Name == name);
        var binary = Binary(errors);
        var ordinal = OrdinalModelComparer.Compare(Frame(ordered: true), new OrdinalComparisonOptions
        {
            Treatment = "arm",
            Gee = new OrdinalGeeOptions { Correlation = WorkingCorrelation.Independence },
            Glmm = new OrdinalGlmmOptions { Nodes = 25 },
            StandardizedErrors = errors,
        });
        foreach (var own in ordinal.Ladder.Rungs)
        {
            var peer = binary.Ladder.Rungs.Single(rung =>
                rung.Rung == own.Rung && rung.Weighting == own.Weighting && rung.Scale == "log odds ratio");
            Close(peer.Inference.Estimate, own.Inference.Estimate, 1e-6, $"rung {own.Rung}");
            Close(peer.Inference.StandardError, own.Inference.StandardError, 1e-4, $"SE of rung {own.Rung}");
        }

        foreach (var own in ordinal.Ladder.Steps)
        {
            var peer = binary.Ladder.Steps.Single(step =>
                step.From == own.From && step.Weighting == own.Weighting && step.Scale == "log odds ratio");
            Close(peer.Inference.Estimate, own.Inference.Estimate, 1e-6, $"step from {own.From}");
            Close(peer.Inference.StandardError, own.Inference.StandardError, 1e-4, $"SE of step from {own.From}");
            Close(peer.Inference.Lower, own.Inference.Lower, 2e-3, $"limit of step from {own.From}");
        }

        var difference = binary.Ladder.Rungs.First(rung =>
            rung.Rung == 2 && rung.Weighting == ClusterWeighting.Participant && rung.Scale == "risk difference").Inference;
        var win = ordinal.Standardized[0].Contrasts[0].Win.Inference;
        Close(0.5 + (0.5 * difference.Estimate), win.Estimate, 1e-6, "win probability");
        Close(0.5 * difference.StandardError, win.StandardError, 1e-4, "SE of the win probability");
    }

    [Fact]
    public void Two_categories_have_the_rows_and_the_gap_of_a_binary_outcome()
    {
        var binary = Binary(StandardizedErrors.Influence).Effects[0];
        var ordinal = OrdinalModelComparer.Compare(Frame(ordered: true), new OrdinalComparisonOptions
        {
            Treatment = "arm",
            Gee = new OrdinalGeeOptions { Correlation = WorkingCorrelation.Independence },
            Glmm = new OrdinalGlmmOptions { Nodes = 25 },
            StandardizedErrors = StandardizedErrors.Influence,
        }).Effects[0];
        for (var row = 0; row < 3; row++)
        {
            Close(binary.Rows[row].Inference.Estimate, ordinal.Rows[row].Inference.Estimate, 1e-6, $"{ordinal.Rows[row].Estimand}");
            Close(
                binary.Rows[row].Inference.StandardError,
                ordinal.Rows[row].Inference.StandardError,
                1e-4,
                $"SE of {ordinal.Rows[row].Estimand}");
        }

        Close(binary.Gap.Total.Estimate, ordinal.Gap.Total.Estimate, 1e-6, "gap");
        Close(binary.Gap.Rest.StandardError, ordinal.Gap.Rest.StandardError, 1e-4, "SE of the rest");
        Close(binary.Gap.NonCollapsibility.Lower, ordinal.Gap.NonCollapsibility.Lower, 2e-3, "limit of averaging");
    }

    [Theory]
    [InlineData("influence")]
    [InlineData("one-step")]
    public void Two_categories_have_the_subgroups_of_a_binary_outcome(string name)
    {
        var errors = StandardizedErrors.All.First(choice => choice.Name == name);
        var binary = Binary(errors, "h").Subgroups!;
        var ordinal = OrdinalModelComparer.Compare(Frame(ordered: true, "h"), new OrdinalComparisonOptions
        {
            Treatment = "arm",
            Gee = new OrdinalGeeOptions { Correlation = WorkingCorrelation.Independence },
            Glmm = new OrdinalGlmmOptions { Nodes = 25 },
            StandardizedErrors = errors,
            By = "h",
        }).Subgroups!;
        Assert.Equal(binary.Subgroups.Select(own => (own.Value, own.Rows, own.Clusters)), ordinal.Subgroups.Select(
            own => (own.Value, own.Rows, own.Clusters)));
        for (var s = 0; s < binary.Subgroups.Count; s++)
        {
            foreach (var own in ordinal.Subgroups[s].Ladder.Rungs)
            {
                Assert.Equal([("h", ordinal.Subgroups[s].Value)], own.Question.By);
                var peer = binary.Subgroups[s].Ladder.Rungs.Single(rung =>
                    rung.Rung == own.Rung && rung.Weighting == own.Weighting && rung.Scale == "log odds ratio");
                Close(peer.Inference.Estimate, own.Inference.Estimate, 1e-6, $"rung {own.Rung}");
                Close(peer.Inference.StandardError, own.Inference.StandardError, 1e-4, $"SE of rung {own.Rung}");
            }
        }

        foreach (var own in ordinal.Interactions.Where(row => row.Scale != OrdinalSubgroupAnalysis.WinOddsScale))
        {
            var peer = binary.Interactions.Single(row =>
                row.Rung == own.Rung && row.Weighting == own.Weighting && row.Scale == "log odds ratio");
            Close(peer.Differences[0].Estimate, own.Differences[0].Estimate, 1e-6, $"interaction of rung {own.Rung}");
            Assert.Equal((own.Rung == 0, own.Rung == 0), (own.IsOneByModel, peer.IsOneByModel));
            Close(peer.Differences[0].StandardError, own.Differences[0].StandardError, 1e-4, $"SE of it at rung {own.Rung}");
            Close(peer.Test.PValue, own.Test.PValue, 1e-4, $"p of it at rung {own.Rung}");
        }

        // The log odds of W = ½ + ½RD have the slope 2 / (1 − RD²) in RD.
        var win = ordinal.Interactions.Single(row => row.Scale == OrdinalSubgroupAnalysis.WinOddsScale && row.Rung == 2
            && row.Weighting == ClusterWeighting.Participant).Differences[0];
        double[] risks = [.. binary.Subgroups.Select(own => own.Ladder.Rungs.First(rung =>
            rung.Rung == 2 && rung.Weighting == ClusterWeighting.Participant && rung.Scale == "risk difference").Inference.Estimate)];
        Close(2 * (Math.Atanh(risks[1]) - Math.Atanh(risks[0])), win.Estimate, 1e-6, "difference of log win odds");
        Assert.InRange(win.StandardError, 1e-3, 2);
    }

    /// <summary>
    /// <see cref="OrdinalTrial"/>: at a time, at the last wave unasked, and the change between two times.
    /// </summary>
    [Theory]
    [InlineData("influence", null, null)]
    [InlineData("one-step", null, "1,4")]
    [InlineData("influence", "2", "2,3")]
    public void Two_categories_have_the_ladders_over_time_of_a_binary_outcome(string name, string? month, string? between)
    {
        var errors = StandardizedErrors.All.First(choice => choice.Name == name);
        (string, string)[] at = month is null ? [] : [("month", month)];
        var times = between?.Split(',') is [var from, var to] ? new TimeChange(null, from, to) : null;
        var binary = ModelComparer.Compare(Visits(ordered: false), new ComparisonOptions
        {
            Treatment = "treatment",
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 15 },
            StandardizedErrors = errors,
            CheckReasons = false,
            MarginalLikelihood = false,
            Wave = "month",
            At = at,
            Between = times,
        });
        var ordinal = OrdinalModelComparer.Compare(Visits(ordered: true), new OrdinalComparisonOptions
        {
            Treatment = "treatment",
            Gee = new OrdinalGeeOptions { Correlation = WorkingCorrelation.Independence },
            Glmm = new OrdinalGlmmOptions { Nodes = 15 },
            StandardizedErrors = errors,
            Wave = "month",
            At = at,
            Between = times,
        });
        Assert.Equal([("month", month ?? "4")], ordinal.Options.At);
        Assert.Equal(month is null, ordinal.Notes.Any(note => note.Contains("the ladder is at month = 4", StringComparison.Ordinal)));
        Same(binary.Ladder, ordinal.Ladder);
        Assert.Equal(times is null, ordinal.Change is null);
        if (times is not null)
        {
            Same(binary.Change!, ordinal.Change!);
            Assert.Contains($"{times.To} - {times.From}", ordinal.Change!.Rungs[0].Question.At[0].Value, StringComparison.Ordinal);
        }

        static void Same(EstimandLadder peers, EstimandLadder ladder)
        {
            Assert.Equal(10, ladder.Rungs.Count);
            foreach (var own in ladder.Rungs)
            {
                var peer = peers.Rungs.Single(rung =>
                    rung.Rung == own.Rung && rung.Weighting == own.Weighting && rung.Scale == "log odds ratio");
                Close(peer.Inference.Estimate, own.Inference.Estimate, 1e-6, $"rung {own.Rung}");
                Close(peer.Inference.StandardError, own.Inference.StandardError, 1e-4, $"SE of rung {own.Rung}");
                Assert.Equal(peer.Inference.DegreesOfFreedom, own.Inference.DegreesOfFreedom);
            }

            foreach (var own in ladder.Steps)
            {
                var peer = peers.Steps.Single(step =>
                    step.From == own.From && step.Weighting == own.Weighting && step.Scale == "log odds ratio");
                Close(peer.Inference.Estimate, own.Inference.Estimate, 1e-6, $"step from {own.From}");
                Close(peer.Inference.StandardError, own.Inference.StandardError, 1e-4, $"SE of the step from {own.From}");
            }
        }
    }

    private static ModelFrame Visits(bool ordered) => ModelFrameBuilder.Build(
        DatasetReader.Read(ReferenceFiles.Data("respiratory")),
        new FrameRequest
        {
            Formula = FormulaParser.Parse("y ~ treatment * month + baseline + (1 | subject)"),
            HasOrderedOutcome = ordered,
            RequireClusters = true,
            Wave = "month",
        });

    private static ModelComparison Binary(StandardizedErrors errors, string? by = null) => ModelComparer.Compare(
        Frame(ordered: false, by),
        new ComparisonOptions
        {
            Treatment = "arm",
            By = by,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 25 },
            StandardizedErrors = errors,
            CheckReasons = false,
            MarginalLikelihood = false,
        });

    private static ModelFrame Frame(bool ordered, string? by = null) => ModelFrameBuilder.Build(
        DatasetReader.Read(ReferenceFiles.Data("crt_ics40")),
        new FrameRequest
        {
            Formula = FormulaParser.Parse(Formula),
            HasOrderedOutcome = ordered,
            RequireClusters = true,
            AuxiliaryGroupings = by is null ? [] : [by],
        });

    private static void Close(double expected, double actual, double tolerance, string what) => Assert.True(
        (double.IsNaN(expected) && double.IsNaN(actual)) || Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)),
        $"{what}: {actual}, of the binary outcome {expected}");
}
