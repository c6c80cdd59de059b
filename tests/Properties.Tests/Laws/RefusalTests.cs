using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Data;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Laws;
using MarginalConditional.Properties.Tests.Planted;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Laws;

/// <summary>What the kit does not take, and what it says of answers that are none.</summary>
public sealed class RefusalTests
{
    private static readonly TrialData Trial = new(
        new TrialModel(),
        ["a", "a", "b", "b"],
        [1, 2, 1, 2],
        [new TrialColumn("treatment", [0, 0, 1, 1])],
        [0, 1, 0, 1]);

    public static TheoryData<string, Action> Refused => new()
    {
        { "a data set", () => _ = new LawOptions { Tests = 0 } },
        { "a trial", () => _ = new LawOptions { MostReplicates = 0 } },
        { "waves", () => CorrelationGenerators.Exchangeable(1) },
        { "waves", () => CorrelationGenerators.Unstructured(0) },
        { "effects", () => CorrelationGenerators.RandomEffects(0) },
        { "Count", () => FormulaGenerators.Formulas("y", []) },
        { "outcome", () => FormulaGenerators.Formulas(string.Empty, ["a"]) },
        { "model", () => TrialGenerators.Trials(null!) },
        { "name", () => _ = new TrialColumn(string.Empty, []) },
        { "name", () => LawBook.Named(null!) },
        { "estimate", () => TrialEstimator.Of("mine", new TrialModel(), PlantedModels.Marginal, null!) },
        { "estimator", () => TrialEstimator.Of((IEstimator)null!, new TrialModel()) },
        { "column", () => Trial.With(null!) },
        { "other", () => Trial.Append(null!) },
        { "columns", () => Trial.With(new TrialColumn("treatment", [0, 1])) },
        { "columns", () => Trial.WithCounts([1, 2]) },
        { "whyOutside", () => Law(null!, _ => new TrialShape(), (_, _, _) => LawOutcome.Holds) },
        { "shape", () => Law(_ => null, null!, (_, _, _) => LawOutcome.Holds) },
        { "check", () => Law(_ => null, _ => new TrialShape(), null!) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_is_refused_by_its_name(string part, Action act) =>
        Assert.Contains(part, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);

    [Fact]
    public void Trials_are_not_drawn_of_every_family() => Assert.Contains(
        "not of inverse-gaussian ones",
        Assert.Throws<InputException>(() => new TrialModel { Family = Family.InverseGaussian }).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN, 0.1, "no usable estimate")]
    [InlineData(0.5, double.NaN, "no usable estimate")]
    [InlineData(25, 0.1, "infinite")]
    [InlineData(0.5, 90, "infinite")]
    [InlineData(0.5, 1e-12, "perfect")]
    [InlineData(0.5, 0.1, "")]
    public void An_answer_has_to_be_finite_and_uncertain(double value, double error, string reason)
    {
        var estimator = PlantedModels.Of(_ => EffectEstimate.Of(value, error, null, converged: true, warned: false));
        var answer = Agreement.Answer(estimator, Trial, new LawTolerances(), out var said);
        Assert.Equal(reason.Length == 0, answer is not null);
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_estimate_that_did_not_converge_is_no_answer()
    {
        var estimator = PlantedModels.Of(_ => EffectEstimate.Of(0.5, 0.1, null, converged: false, warned: false));
        Assert.Null(Agreement.Answer(estimator, Trial, new LawTolerances(), out _));
    }

    /// <summary>Tolerances are counted in the estimator's own unit: just inside holds, just outside is broken.</summary>
    [Theory]
    [InlineData(0.9, 0, false)]
    [InlineData(1.1, 0, true)]
    [InlineData(0, 0.9, false)]
    [InlineData(0, 1.1, true)]
    public void The_edge_of_agreement_is_where_it_is_said_to_be(double ofValue, double ofError, bool broken)
    {
        var (tolerances, unit) = (new LawTolerances(), PlantedModels.Marginal.Tolerance);
        var second = false;
        var estimator = PlantedModels.Of(_ =>
        {
            var (value, error) = second
                ? (0.5 + (ofValue * tolerances.Estimate * unit * 0.1), 0.1 * Math.Exp(ofError * tolerances.StandardError * unit))
                : (0.5, 0.1);
            second = true;
            return EffectEstimate.Of(value, error, null, converged: true, warned: false);
        });
        var outcome = Agreement.Same(estimator, Trial, Trial.Reversed(), "the columns turned", tolerances);
        Assert.Equal(broken, outcome.IsBroken);
        Assert.True(outcome.IsAnswered);
        Assert.Equal(broken ? "the columns turned" : string.Empty, outcome.Change);
    }

    [Fact]
    public void Coefficients_are_compared_one_by_one()
    {
        var estimator = PlantedModels.Of(PlantedModels.ArmMeans);
        var right = new CoefficientEstimates([1, 2], [0.04, 0, 0, 0.09], true);
        LawOutcome Against(CoefficientEstimates other) => Agreement.Same(estimator, right, other, string.Empty, null, new LawTolerances());
        Assert.Same(LawOutcome.Holds, Against(right));
        Assert.Contains("coefficient 2", Against(new([1, 2.1], [0.04, 0, 0, 0.09], true)).Expected, StringComparison.Ordinal);
        Assert.Contains("coefficient 1", Against(new([1, 2], [0.05, 0, 0, 0.09], true)).Expected, StringComparison.Ordinal);
        Assert.False(Against(new([1, 2], [0.04, 0, 0, 0.09], false)).IsAnswered);
        Assert.False(Against(new([1, double.PositiveInfinity], [0.04, 0, 0, 0.09], true)).IsAnswered);
        Assert.Equal("estimate 0, standard error 0.2", Agreement.Words(1e-17, 0.2));
        Assert.Equal("estimate 1.5", Agreement.Words(1.5, double.NaN));
    }

    [Fact]
    public void Every_verdict_has_its_words()
    {
        LawResult With(LawVerdict verdict) => new()
        {
            Law = LawBook.Named("coverage"),
            Estimator = "mine",
            Verdict = verdict,
            Tests = 8,
            Answered = 3,
            Reason = "because",
        };
        Assert.Equal("holds: because", With(LawVerdict.Holds).Words());
        Assert.Equal("holds on 3 of 8 data sets", (With(LawVerdict.Holds) with { Reason = string.Empty }).Words());
        Assert.Equal("broken by mine: because", With(LawVerdict.Broken).Words());
        Assert.Equal("undecided: because", With(LawVerdict.Undecided).Words());
        Assert.Equal("untested, 3 of 8 data sets were answered: because", With(LawVerdict.Untested).Words());
        Assert.Equal("not about this estimator: because", With(LawVerdict.OutsideDomain).Words());
        foreach (var kept in new[] { LawVerdict.Holds, LawVerdict.Undecided, LawVerdict.OutsideDomain })
        {
            Assert.Equal(kept, With(kept).ThrowUnlessKept().Verdict);
        }

        var broken = Assert.Throws<LawBrokenException>(() => With(LawVerdict.Broken).ThrowUnlessKept());
        Assert.Contains("Law: ", broken.Message, StringComparison.Ordinal);
    }

    private static TrialLaw Law(
        Func<ITrialEstimator, string?> why,
        Func<ITrialEstimator, TrialShape> shape,
        Func<ITrialEstimator, LawCase, LawTolerances, LawOutcome> check) => new("mine", "s", "d", "t", why, shape, check);
}
