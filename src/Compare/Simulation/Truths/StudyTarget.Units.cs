using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Truths;

public abstract partial class StudyTarget
{
    /// <summary>
    /// The mean squared error of shrunken unit effects, link scale. Known for normal outcomes with normal intercepts and nothing else that
    /// varies, at the true parameters: E σ²v/(σ² + v) with v the residual variance over the unit's size.
    /// </summary>
    public static StudyTarget UnitMeanSquaredError { get; } =
        new UnitTarget("unit-mse", "mean squared error of units' shrunken effects", "parameters known", ErrorOf);

    /// <summary>The coverage of the units' 95 % intervals, which ought to be 0.95.</summary>
    public static StudyTarget UnitCoverage { get; } =
        new UnitTarget("unit-coverage", "coverage of units' 95 % intervals", "nominal", _ => 0.95);

    /// <summary>Spearman's correlation of shrunken unit effects with the true ones.</summary>
    public static StudyTarget UnitRankCorrelation { get; } =
        new UnitTarget("unit-rank-correlation", "rank correlation of units' shrunken and true effects", string.Empty, _ => double.NaN);

    /// <summary>The share of truly high units that are flagged.</summary>
    public static StudyTarget UnitSensitivity { get; } =
        new UnitTarget("unit-sensitivity", "share of truly high units that are flagged", string.Empty, _ => double.NaN);

    /// <summary>The share of units below the average that are flagged as high.</summary>
    public static StudyTarget UnitFalseFlags { get; } =
        new UnitTarget("unit-false-flags", "share of units below the average that are flagged as high", string.Empty, _ => double.NaN);

    private static double ErrorOf(Mechanism mechanism)
    {
        var probabilities = mechanism.Size.Probabilities();
        var isSimple = mechanism is
        {
            RandomEffect.IsNormal: true, TreatedEffect: null, Generation: null, Variation.IsNone: true, Missingness: null,
            Covariates.Count: 0,
        } && mechanism.Family == Family.Gaussian && mechanism.Link == Link.Identity;
        if (!isSimple || probabilities.Count == 0)
        {
            return double.NaN;
        }

        var variance = mechanism.RandomEffect.StandardDeviation * mechanism.RandomEffect.StandardDeviation;
        return probabilities.Select((probability, k) =>
        {
            var noise = mechanism.ResidualDeviation * mechanism.ResidualDeviation / (k + 1);
            return probability * variance * noise / (variance + noise);
        }).Sum();
    }

    /// <summary>Something about all units at once, of whichever arm.</summary>
    private sealed class UnitTarget(string plain, string words, string kind, Func<Mechanism, double> value) : StudyTarget(plain, words)
    {
        private readonly string label = kind;
        private readonly Func<Mechanism, double> truth = value;

        public override string TruthLabel(Mechanism mechanism) => label;

        public override double Truth(Mechanism mechanism) => truth(mechanism);

        private protected override StudyTarget OfTreatment(int treatment) => this;
    }
}
