using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Meta.Effects;

/// <content>The measures of two means.</content>
public abstract partial class StudyMeasure
{
    private sealed class MeanDifferenceMeasure : SummaryMeasure
    {
        public MeanDifferenceMeasure()
            : base("MD", "mean difference")
        {
        }

        // The arms' standard deviations are not pooled: they need not be equal.
        public override Effect Of(ArmSummary treatment, ArmSummary control) => new(
            treatment.Mean - control.Mean,
            (treatment.StandardDeviation * treatment.StandardDeviation / treatment.Size)
                + (control.StandardDeviation * control.StandardDeviation / control.Size));
    }

    // Hedges (1981): g = J(m) d with m = n₁ + n₂ − 2 and J(m) = Γ(m/2) / (√(m/2) Γ((m − 1)/2));
    // variance 1/n₁ + 1/n₂ + g²/(2(n₁ + n₂)), Hedges and Olkin (1985, p. 86).
    private sealed class StandardizedMeanDifferenceMeasure : SummaryMeasure
    {
        public StandardizedMeanDifferenceMeasure()
            : base("SMD", "standardized mean difference")
        {
        }

        public override Effect Of(ArmSummary treatment, ArmSummary control)
        {
            var degrees = treatment.Size + control.Size - 2;
            var pooledVariance = (((treatment.Size - 1) * treatment.StandardDeviation * treatment.StandardDeviation)
                + ((control.Size - 1) * control.StandardDeviation * control.StandardDeviation)) / degrees;
            var effect = BiasCorrection(degrees) * (treatment.Mean - control.Mean) / Math.Sqrt(pooledVariance);
            return new Effect(
                effect,
                (1 / treatment.Size) + (1 / control.Size) + (effect * effect / (2 * (treatment.Size + control.Size))));
        }

        // Γ(m/2)/(√(m/2) Γ((m − 1)/2)).
        private static double BiasCorrection(double degrees) =>
            Math.Exp(RisingFactorial.LogOverPower((degrees - 1) / 2, 0.5)) * Math.Sqrt((degrees - 1) / degrees);
    }
}
