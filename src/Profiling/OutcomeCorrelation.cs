using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Profiling;

/// <summary>The correlation of the binary outcomes of two rows that share some of their random intercepts, averaged over rows.</summary>
/// <remarks>
/// Σ [E p₁p₂ − p̄²] / Σ p̄(1 − p̄), each row counted as often as in the likelihood, so that rows of events out of trials give what one row
/// a trial gives (Goldstein, Browne and Rasbash 2002). All terms depend on a row through η alone: where many rows need them, the
/// integrals are interpolated.
/// </remarks>
internal sealed class OutcomeCorrelation
{
    private const int TermCount = 8;

    private readonly GlmmFit fit;
    private readonly MarginalMean rule;
    private readonly double[] predictor;

    /// <summary>For a fit whose random terms are all intercepts.</summary>
    public OutcomeCorrelation(GlmmFit fit)
    {
        this.fit = fit;
        rule = MarginalMean.For(fit.Link);
        predictor = LinearPredictor.Of(fit.Frame, fit.Coefficients);
    }

    /// <summary>The correlation and its gradient in ψ.</summary>
    /// <param name="isShared">For each random term, whether the two rows share it.</param>
    public (double Value, double[] Slope) Of(bool[] isShared)
    {
        var first = fit.Coefficients.Length;
        double sharedVariance = 0, restVariance = 0;
        for (var u = 0; u < isShared.Length; u++)
        {
            var variance = fit.Parameters[first + u] * fit.Parameters[first + u];
            sharedVariance += isShared[u] ? variance : 0;
            restVariance += isShared[u] ? 0 : variance;
        }

        var slope = new double[fit.ParameterCount];
        if (sharedVariance == 0)
        {
            return (0, slope);
        }

        var (shared, rest) = (Math.Sqrt(sharedVariance), Math.Sqrt(restVariance));
        var spread = Math.Sqrt(sharedVariance + restVariance);
        var sums = Sum(FunctionTable.For(TermCount, predictor, (eta, terms) => FillTerms(eta, shared, rest, spread, terms)));
        var correlation = sums.Numerator / sums.Denominator;
        for (var j = 0; j < first; j++)
        {
            slope[j] = (sums.NumeratorByBeta[j] - (correlation * sums.DenominatorByBeta[j])) / sums.Denominator;
        }

        for (var u = 0; u < isShared.Length; u++)
        {
            var theta = fit.Parameters[first + u];
            var part = isShared[u] ? sums.NumeratorByShared * theta / shared : rest > 0 ? sums.NumeratorByRest * theta / rest : 0;
            var whole = (sums.NumeratorBySpread - (correlation * sums.DenominatorBySpread)) * theta / spread;
            slope[first + u] = (part + whole) / sums.Denominator;
        }

        return (correlation, slope);
    }

    /// <summary>What a row with predictor η adds: covariance, variance, and their derivatives by η, s, r and τ.</summary>
    private void FillTerms(double eta, double shared, double rest, double spread, Span<double> terms)
    {
        var point = rule.At(eta, spread);
        var product = rule.Shared(eta, shared, rest);
        terms[0] = product.Value - (point.Mean * point.Mean);
        terms[1] = point.Mean * (1 - point.Mean);
        terms[2] = product.Slope - (2 * point.Mean * point.MeanSlope);
        terms[3] = (1 - (2 * point.Mean)) * point.MeanSlope;
        terms[4] = product.SharedSlope;
        terms[5] = product.RestSlope;
        terms[6] = -2 * point.Mean * point.MeanSpreadSlope;
        terms[7] = (1 - (2 * point.Mean)) * point.MeanSpreadSlope;
    }

    private Sums Sum(FunctionTable table)
    {
        var design = fit.Frame.Design;
        var sums = new Sums(design.Columns);
        var terms = new double[TermCount];
        for (var row = 0; row < predictor.Length; row++)
        {
            table.At(predictor[row], terms);
            var weight = fit.Frame.WeightTimesTrials(row);
            sums.Numerator += weight * terms[0];
            sums.Denominator += weight * terms[1];
            for (var j = 0; j < design.Columns; j++)
            {
                var x = weight * design.Column(j)[row];
                sums.NumeratorByBeta[j] += x * terms[2];
                sums.DenominatorByBeta[j] += x * terms[3];
            }

            sums.NumeratorByShared += weight * terms[4];
            sums.NumeratorByRest += weight * terms[5];
            sums.NumeratorBySpread += weight * terms[6];
            sums.DenominatorBySpread += weight * terms[7];
        }

        return sums;
    }

    private sealed class Sums(int columns)
    {
        public double Numerator { get; set; }

        public double Denominator { get; set; }

        public double[] NumeratorByBeta { get; } = new double[columns];

        public double[] DenominatorByBeta { get; } = new double[columns];

        public double NumeratorByShared { get; set; }

        public double NumeratorByRest { get; set; }

        public double NumeratorBySpread { get; set; }

        public double DenominatorBySpread { get; set; }
    }
}
