using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Comparison.Reasons;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Pooling;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Glmm;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>
/// Comparisons pooled over imputed data sets, <see cref="PooledLadder"/>, <see cref="PooledMeans"/> and <see cref="PooledChecks"/>, against
/// Rubin's rules applied row by row to the comparisons of the sets.
/// </summary>
public sealed class PooledComparisonTests
{
    private static readonly string[] Names = ["imputation 1", "imputation 2", "imputation 3", "imputation 5"];

    /// <summary>The fourth set has no variance between clusters and is left to a test of its own.</summary>
    private static readonly ModelComparison[] Sets = [.. new[] { 1, 2, 3, 5 }.Select(set => Compared(set))];

    private static readonly ModelComparison Pooled = ComparisonPooler.Pool(Sets, Names, PoolScale.Identity, []);

    private static ModelFrame Frame(int set, string formula, string? cluster)
    {
        var table = DatasetReader.Read(ReferenceFiles.Data("imputed_long"));
        var numbers = (NumericColumn)table.Find(".imp")!;
        return ModelFrameBuilder.Build(
            table.Part([.. Enumerable.Range(0, table.Rows).Where(row => numbers.Values[row] == set)]),
            new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = cluster });
    }

    private static ModelComparison Compared(int set, bool checks = true) => ModelComparer.Compare(
        Frame(set, "y ~ arm + x + (1 | id)", "id"),
        new ComparisonOptions
        {
            Treatment = "arm",
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 15 },
            Variance = GeeVariance.ManclDeRouen,
            CheckReasons = checks,
        });

    [Fact]
    public void Every_row_of_an_effect_is_pooled_by_itself()
    {
        for (var e = 0; e < Pooled.Effects.Count; e++)
        {
            for (var row = 0; row < Pooled.Effects[e].Rows.Count; row++)
            {
                Same(Pooled.Effects[e].Rows[row].Inference, Sets.Select(set => set.Effects[e].Rows[row].Inference));
            }

            Same(Pooled.Effects[e].Gap.Rest, Sets.Select(set => set.Effects[e].Gap.Rest));
        }
    }

    [Fact]
    public void Rungs_steps_and_sides_are_pooled_by_themselves()
    {
        Assert.Equal(Sets[0].Ladder.Rungs.Count, Pooled.Ladder.Rungs.Count);
        for (var r = 0; r < Pooled.Ladder.Rungs.Count; r++)
        {
            Same(Pooled.Ladder.Rungs[r].Inference, Sets.Select(set => set.Ladder.Rungs[r].Inference));
        }

        for (var s = 0; s < Pooled.Ladder.Steps.Count; s++)
        {
            var (step, own) = (Pooled.Ladder.Steps[s], Sets.Select(set => set.Ladder.Steps[s].Inference).ToArray());
            if (step is { From: 0, IsZeroByIdentity: false })
            {
                // Its limits come from the law of the variance and stay skewed; estimate and error are Rubin's.
                var rubin = Rubin(own);
                Assert.Equal(rubin.Estimate, step.Inference.Estimate, 1e-12);
                Assert.Equal(rubin.StandardError, step.Inference.StandardError, 1e-12);
                Assert.NotEqual(step.Inference.Upper - step.Inference.Estimate, step.Inference.Estimate - step.Inference.Lower, 1e-6);
            }
            else if (!step.IsZeroByIdentity && own[0].StandardError > 0)
            {
                Same(step.Inference, own);
            }
        }

        for (var s = 0; s < Pooled.Ladder.Sides.Count; s++)
        {
            Same(Pooled.Ladder.Sides[s].Inference, Sets.Select(set => set.Ladder.Sides[s].Inference));
        }
    }

    /// <summary>A step is the difference of its rungs in every set, and so it is of the pooled ones; its error is not theirs.</summary>
    [Fact]
    public void Pooled_steps_lead_from_rung_to_rung()
    {
        foreach (var step in Pooled.Ladder.Steps)
        {
            LadderRung Rung(int number) => Pooled.Ladder.Rungs.First(rung => rung.Rung == number && rung.Scale == step.Scale
                && rung.Weighting == step.Weighting);
            Assert.Equal(
                Rung(step.To).Inference.Estimate - Rung(step.From).Inference.Estimate, step.Inference.Estimate, 1e-10);
            Assert.True(step.Inference.StandardError < Rung(step.From).Inference.StandardError);
        }
    }

    [Fact]
    public void Means_and_contrasts_are_pooled_on_their_scales()
    {
        var byLogOdds = ComparisonPooler.Pool(Sets, Names, PoolScale.Logit, []);
        for (var r = 0; r < Pooled.Standardized.Count; r++)
        {
            var risks = Sets.Select(set => set.Standardized[r].Means.Means[1]).ToArray();
            Assert.Equal(risks.Average(), Pooled.Standardized[r].Means.Means[1], 1e-12);
            Assert.Equal(Link.Logit.Mean(risks.Average(Link.Logit.Predictor)), byLogOdds.Standardized[r].Means.Means[1], 1e-12);
            for (var c = 0; c < Pooled.Standardized[r].Contrasts.Count; c++)
            {
                Same(Pooled.Standardized[r].Contrasts[c].Inference, Sets.Select(set => set.Standardized[r].Contrasts[c].Inference));
            }
        }
    }

    [Fact]
    public void Clusters_own_means_are_pooled_and_permutation_tests_left_out()
    {
        for (var row = 0; row < Pooled.Summaries.Estimates.Count; row++)
        {
            Same(Pooled.Summaries.Estimates[row].Inference, Sets.Select(set => set.Summaries.Estimates[row].Inference));
        }

        Assert.NotEmpty(Sets[0].Summaries.Permutations);
        Assert.Empty(Pooled.Summaries.Permutations);
        Assert.Contains(Pooled.Summaries.Notes, note => note.Contains("no rules to be pooled", StringComparison.Ordinal));
    }

    [Fact]
    public void Spread_is_pooled_by_its_variance_and_coefficients_by_themselves()
    {
        Assert.Equal(Math.Sqrt(Sets.Average(set => set.Spread * set.Spread)), Pooled.Spread, 1e-12);
        for (var j = 0; j < 3; j++)
        {
            Same(Pooled.Pooled!.Marginal[j].Inference, Sets.Select(set => set.Marginal.CoefficientTable()[j]));
        }

        Assert.Equal(Names, Pooled.Pooled!.Sets);
        Assert.Contains(Pooled.Pooled.Rows, row => row.Label == "arm, everything else");
    }

    /// <summary>The verdict cites the p of the pooled rest, which no set has.</summary>
    [Fact]
    public void The_verdict_is_read_from_pooled_rows()
    {
        var p = Wording.P(Pooled.Effects[0].Gap.Rest.PValue);
        Assert.Contains(p, string.Join(' ', Pooled.Verdict), StringComparison.Ordinal);
        var model = Pooled.Checks.Single(check => check.Key == "model-misses");
        var step = Pooled.Ladder.Steps.First(one => one is { From: 2, Scale: "risk difference" });
        Assert.Equal(step.Inference.PValue, model.Test!.PValue);
    }

    [Fact]
    public void Tests_of_checks_are_pooled_by_their_statistics()
    {
        var key = "within-between";
        var own = Sets.Select(set => set.Checks.Single(check => check.Key == key)).ToArray();
        var pooled = Pooled.Checks.Single(check => check.Key == key);
        var expected = PooledStatistic.Of([.. own.Select(check => check.Test!)]).Test;
        Assert.Equal(expected, pooled.Test);
        Assert.Contains(Wording.P(expected.PValue), pooled.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_without_test_is_a_sign_where_most_sets_say_so()
    {
        ReasonCheck Sign() => new("law", ReasonOutcome.Sign, "It moves.");
        ReasonCheck None() => new("law", ReasonOutcome.NoSign, "It stays.");
        ReasonCheck Of(params ReasonCheck[] checks) =>
            PooledChecks.Of([.. checks.Select(check => (IReadOnlyList<ReasonCheck>)[check])], 0.05, []).Single();
        Assert.Equal(ReasonOutcome.Sign, Of(Sign(), Sign(), None()).Outcome);
        Assert.Equal("In 2 of 3 imputed sets, here the first of them: It moves.", Of(Sign(), Sign(), None()).Finding);
        Assert.Equal(ReasonOutcome.Remark, Of(Sign(), None(), Sign(), None()).Outcome);
        Assert.Equal("It stays.", Of(None(), None()).Finding);
        Assert.Empty(PooledChecks.Of([[Sign()], [Sign()]], 0.05, ["law"]));
    }

    /// <summary>The fourth set is on the boundary: nothing tells how far its step from rung 0 may be from 0.</summary>
    [Fact]
    public void A_set_on_the_boundary_leaves_the_first_step_without_limits()
    {
        ModelComparison[] sets = [.. new[] { 1, 4 }.Select(set => Compared(set, checks: false))];
        var pooled = ComparisonPooler.Pool(sets, ["imputation 1", "imputation 4"], PoolScale.Identity, []);
        var step = pooled.Ladder.Steps.First(one => one is { From: 0, Scale: "log odds ratio" });
        Assert.Equal(sets.Average(set => set.Ladder.Steps.First(one => one is { From: 0, Scale: "log odds ratio" }).Inference.Estimate),
            step.Inference.Estimate, 1e-12);
        Assert.Equal(double.NaN, step.Inference.Lower);
        Assert.Equal(double.NaN, step.Inference.PValue);
        Assert.Contains(pooled.Notes, note => note.Contains("in 1 of 2 imputed sets", StringComparison.Ordinal));
        Assert.Contains(pooled.Warnings, warning => warning.StartsWith("In imputation 4: GLMM", StringComparison.Ordinal));
    }

    [Fact]
    public void Trials_by_person_are_pooled_row_by_row()
    {
        PersonComparison[] sets = [.. Enumerable.Range(1, 5).Select(set => PersonComparer.Compare(
            Frame(set, "y ~ arm * x", null), new PersonOptions { Treatment = "arm", Family = Family.Binomial }))];
        var pooled = ComparisonPooler.Pool(
            sets, [.. Enumerable.Range(1, 5).Select(set => $"imputation {set}")], PoolScale.Identity, ["A note."]);
        for (var r = 0; r < pooled.Ladder.Rungs.Count; r++)
        {
            Same(pooled.Ladder.Rungs[r].Inference, sets.Select(set => set.Ladder.Rungs[r].Inference));
        }

        for (var c = 0; c < pooled.Standardized!.Contrasts.Count; c++)
        {
            Same(pooled.Standardized.Contrasts[c].Inference, sets.Select(set => set.Standardized!.Contrasts[c].Inference));
        }

        for (var j = 0; j < 4; j++)
        {
            Same(pooled.Coefficients[j], sets.Select(set => set.Coefficients[j]));
        }

        // The difference of means has the variance cᵀTc of the pooled covariance.
        var t = pooled.Standardized.Covariance;
        var difference = pooled.Standardized.Contrasts.Single(one => one.Measure == EffectMeasure.Difference).Inference;
        Assert.Equal(difference.StandardError, Math.Sqrt(t[0] - t[1] - t[2] + t[3]), 1e-10);
        Assert.Contains("A note.", pooled.Notes);
        Assert.Equal(4, pooled.Pool!.Marginal.Count);
    }

    private static Coefficient Rubin(IEnumerable<Coefficient> sets)
    {
        var own = sets.ToArray();
        return PooledEstimate.Of(
            [.. own.Select(row => row.Estimate)], [.. own.Select(row => row.StandardError * row.StandardError)],
            own[0].DegreesOfFreedom is null ? null : own.Average(row => row.DegreesOfFreedom!.Value)).Test("x", 0.95);
    }

    private static void Same(Coefficient pooled, IEnumerable<Coefficient> sets)
    {
        var expected = Rubin(sets);
        Assert.Equal(expected.Estimate, pooled.Estimate, 1e-12);
        Assert.Equal(expected.StandardError, pooled.StandardError, 1e-12);
        Assert.Equal(expected.DegreesOfFreedom!.Value, pooled.DegreesOfFreedom!.Value, 1e-6 * expected.DegreesOfFreedom.Value);
        Assert.Equal(expected.Lower, pooled.Lower, 1e-9);
        Assert.Equal(expected.PValue, pooled.PValue, 1e-9);
        Assert.Equal(expected.MissingInformation!.Value, pooled.MissingInformation!.Value, 1e-9);
    }
}
