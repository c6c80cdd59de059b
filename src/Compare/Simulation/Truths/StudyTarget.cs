using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>The estimands of the library.</summary>
public abstract partial class StudyTarget : IEstimand
{
    private StudyTarget(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>The conditional (subject-specific) coefficient that the data were generated with: truth T1.</summary>
    public static StudyTarget Conditional { get; } = new ConditionalTarget(1);

    /// <summary>The marginal (population-averaged) coefficient.</summary>
    /// <remarks>
    /// In a saturated design the standardized effect g(E μ(1)) − g(E μ(0)), which is also the limit of GEE (T2 = T3). In the others the
    /// limit of GEE with working independence (T3): the coefficients whose estimating equations are solved by the true marginal means.
    /// </remarks>
    public static StudyTarget Marginal { get; } = new MarginalTarget(1);

    /// <summary>
    /// The marginal coefficient of a model that has the covariates as well: the limit of GEE with working independence (T3).
    /// </summary>
    public static StudyTarget MarginalGivenCovariates { get; } = new AdjustedTarget(1);

    /// <summary>E μ(1) − E μ(0), on the response scale, averaged over the rows: truth T2.</summary>
    public static StudyTarget RiskDifference { get; } = new RiskDifferenceTarget(1);

    /// <summary>The standard deviation of the clusters' intercepts in the first arm, link scale: truth T1.</summary>
    public static StudyTarget ClusterDeviation { get; } = new DeviationTarget();

    /// <summary>All targets of the second arm against the first, but for the rungs of the ladder and categories.</summary>
    public static IReadOnlyList<StudyTarget> All =>
        field ??=
        [
            Conditional, Marginal, RiskDifference, MarginalGivenCovariates, ClusterDeviation, WinProbability, LogWinOdds,
            MeanScoreDifference, UnitMeanSquaredError, UnitCoverage, UnitRankCorrelation, UnitSensitivity, UnitFalseFlags,
        ];

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public abstract string TruthLabel(Mechanism mechanism);

    /// <summary>The true value for a mechanism, by quadrature; not a number where there is none.</summary>
    public abstract double Truth(Mechanism mechanism);

    /// <inheritdoc/>
    double? IEstimand.Truth(Mechanism mechanism) => Truth(mechanism);

    /// <summary>The same comparison with the first arm for another arm.</summary>
    /// <param name="arm">The arm, counted from 1: 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The arm is the first, or there is none.</exception>
    public StudyTarget ForArm(int arm)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arm, 2);
        return OfTreatment(arm - 1);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The same comparison for another treatment.</summary>
    private protected abstract StudyTarget OfTreatment(int treatment);

    /// <summary>A name with the arm, when that is not the second.</summary>
    private static string Named(string name, int treatment) =>
        treatment == 1 ? name : FormattableString.Invariant($"{name}-arm{treatment + 1}");

    /// <summary>A description with the arm, when that is not the second.</summary>
    private static string Described(string text, int treatment) =>
        treatment == 1 ? text : FormattableString.Invariant($"{text} of arm {treatment + 1} against arm 1");

    private sealed class ConditionalTarget(int code) : StudyTarget(
        Named("conditional", code), Described("conditional (subject-specific) coefficient", code))
    {
        private readonly int treatment = code;

        public override string TruthLabel(Mechanism mechanism) => "T1";

        // Outcomes made from means and correlations have none but where averages do not change it.
        public override double Truth(Mechanism mechanism) => mechanism.Generation is not null && mechanism.Link != Link.Identity
            ? double.NaN
            : CoefficientOf(mechanism.Design, treatment, mechanism.Design.Coefficients(mechanism.Effects));

        private protected override StudyTarget OfTreatment(int other) => new ConditionalTarget(other);
    }

    private sealed class MarginalTarget(int code) : StudyTarget(
        Named("marginal", code), Described("marginal (population-averaged) coefficient", code))
    {
        private readonly int treatment = code;

        public override string TruthLabel(Mechanism mechanism) => mechanism.Design.IsSaturated && mechanism.Ordinal is null
            ? "T2 = T3"
            : "T3, working independence";

        public override double Truth(Mechanism mechanism)
        {
            var population = new Population(mechanism);
            return mechanism.Ordinal is not null
                    ? CoefficientOf(mechanism.Design, treatment, OrdinalLimit.Coefficients(mechanism, population))
                : !mechanism.Design.IsSaturated
                    ? CoefficientOf(mechanism.Design, treatment, IndependenceLimit.Coefficients(mechanism, population))
                : mechanism.Design.Treatments == 1 ? mechanism.Link.Predictor(population.Mean(0))
                : treatment >= mechanism.Design.Treatments ? double.NaN
                : mechanism.Link.Predictor(population.Mean(treatment)) - mechanism.Link.Predictor(population.Mean(0));
        }

        private protected override StudyTarget OfTreatment(int other) => new MarginalTarget(other);
    }

    private sealed class AdjustedTarget(int code) : StudyTarget(
        Named("marginal-given-covariates", code), Described("marginal coefficient given the covariates", code))
    {
        private readonly int treatment = code;

        public override string TruthLabel(Mechanism mechanism) => "T3, working independence";

        public override double Truth(Mechanism mechanism) => CoefficientOf(
            mechanism.Design,
            treatment,
            mechanism.Ordinal is null
                ? IndependenceLimit.Coefficients(mechanism, new Population(mechanism), adjusted: true)
                : OrdinalLimit.Coefficients(mechanism, new Population(mechanism), adjusted: true));

        private protected override StudyTarget OfTreatment(int other) => new AdjustedTarget(other);
    }

    private sealed class RiskDifferenceTarget(int code) : StudyTarget(
        Named("risk-difference", code), Described("standardized difference of means", code))
    {
        private readonly int treatment = code;

        public override string TruthLabel(Mechanism mechanism) => "T2";

        public override double Truth(Mechanism mechanism)
        {
            if (treatment >= mechanism.Design.Treatments || mechanism.Ordinal is not null)
            {
                return double.NaN;
            }

            var population = new Population(mechanism);
            return population.Mean(treatment) - population.Mean(0);
        }

        private protected override StudyTarget OfTreatment(int other) => new RiskDifferenceTarget(other);
    }

    private sealed class DeviationTarget() : StudyTarget("cluster-sd", "standard deviation between clusters")
    {
        public override string TruthLabel(Mechanism mechanism) => "T1";

        public override double Truth(Mechanism mechanism) =>
            mechanism.Generation is null ? mechanism.RandomEffect.StandardDeviation : double.NaN;

        private protected override StudyTarget OfTreatment(int treatment) => this;
    }

    /// <summary>The coefficient of an arm; not a number where the design has no such arm.</summary>
    private static double CoefficientOf(ITrialDesign design, int treatment, double[] coefficients) =>
        design.Treatments == 1 ? coefficients[design.EffectColumn]
        : treatment < design.Treatments ? coefficients[design.ColumnOf(treatment)]
        : double.NaN;
}
