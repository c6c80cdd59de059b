using MarginalConditional.Compare.Simulation.Designs;

namespace MarginalConditional.Compare.Simulation.Truths;

/// <summary>The estimands of the library.</summary>
public abstract class StudyTarget : IEstimand
{
    private StudyTarget(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>The conditional (subject-specific) coefficient that the data were generated with: truth T1.</summary>
    public static StudyTarget Conditional { get; } = new ConditionalTarget();

    /// <summary>The marginal (population-averaged) coefficient.</summary>
    /// <remarks>
    /// In a saturated design the standardized effect g(E μ(1)) − g(E μ(0)), which is also the limit of GEE (T2 = T3). In the others the
    /// limit of GEE with working independence (T3): the coefficients whose estimating equations are solved by the true marginal means.
    /// </remarks>
    public static StudyTarget Marginal { get; } = new MarginalTarget();

    /// <summary>E μ(1) − E μ(0), on the response scale, averaged over the rows: truth T2.</summary>
    public static StudyTarget RiskDifference { get; } = new RiskDifferenceTarget();

    /// <summary>All targets.</summary>
    public static IReadOnlyList<StudyTarget> All => field ??= [Conditional, Marginal, RiskDifference];

    /// <summary>As a study file writes it.</summary>
    public string Name { get; }

    /// <summary>What it is, for reports.</summary>
    public string Description { get; }

    /// <summary>The kind of truth, T1, T2 or T3, for a mechanism.</summary>
    public abstract string TruthLabel(Mechanism mechanism);

    /// <summary>The true value for a mechanism, by quadrature.</summary>
    public abstract double Truth(Mechanism mechanism);

    /// <inheritdoc/>
    double? IEstimand.Truth(Mechanism mechanism) => Truth(mechanism);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class ConditionalTarget() : StudyTarget("conditional", "conditional (subject-specific) coefficient")
    {
        public override string TruthLabel(Mechanism mechanism) => "T1";

        public override double Truth(Mechanism mechanism) =>
            mechanism.Design.Coefficients(mechanism.Effects)[mechanism.Design.EffectColumn];
    }

    private sealed class MarginalTarget() : StudyTarget("marginal", "marginal (population-averaged) coefficient")
    {
        public override string TruthLabel(Mechanism mechanism) => mechanism.Design.IsSaturated ? "T2 = T3" : "T3, working independence";

        public override double Truth(Mechanism mechanism)
        {
            var means = new TrueMeans(mechanism);
            return mechanism.Design.IsSaturated
                ? mechanism.Link.Predictor(means.Standardized(1)) - mechanism.Link.Predictor(means.Standardized(0))
                : IndependenceLimit.Coefficients(mechanism, means)[mechanism.Design.EffectColumn];
        }
    }

    private sealed class RiskDifferenceTarget() : StudyTarget("risk-difference", "standardized difference of means")
    {
        public override string TruthLabel(Mechanism mechanism) => "T2";

        public override double Truth(Mechanism mechanism)
        {
            var means = new TrueMeans(mechanism);
            return means.Standardized(1) - means.Standardized(0);
        }
    }
}
