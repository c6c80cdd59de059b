using MarginalConditional.Statistics.Functions;

namespace MarginalConditional.Statistics.NormalMeans;

public abstract partial class MarginalMean
{
    public sealed partial class Logit
    {
        /// <inheritdoc/>
        public override ConditionalPoint Inverse(double target, double spread)
        {
            // The lower tail, mirrored: Δ is odd in m.
            var lower = -Math.Abs(target);
            var delta = Invert(lower, spread);
            var sums = default(MeanDerivatives);
            NormalTrapezoid.Visit(delta, spread, Mode(Math.Min(delta, 0), spread, 1), Math.PI, (weight, u) =>
            {
                // With t = e^u of the lower tail nothing cancels there.
                var mean = Elementary.Logistic(u);
                var slope = weight * mean * Elementary.Logistic(-u);
                var skew = Elementary.Logistic(-u) - mean;
                sums.First += slope;
                sums.Second += slope * skew;
                sums.Third += slope * (1 - (6 * mean) + (6 * mean * mean));
                sums.Fourth += slope * skew * (1 - (12 * mean) + (12 * mean * mean));
            });
            var value = Elementary.Logistic(lower);
            var first = value * Elementary.Logistic(-lower);
            var point = sums.Invert(delta, spread, first, first * (Elementary.Logistic(-lower) - value));
            return target <= 0
                ? point
                : point with
                {
                    Predictor = -point.Predictor,
                    Curvature = -point.Curvature,
                    SpreadSlope = -point.SpreadSlope,
                    SpreadCurvature = -point.SpreadCurvature,
                };
        }

        private protected override MarginalPoint? FromPredictor(double predictor, double slope, double spreadSlope)
        {
            var mean = Elementary.Logistic(predictor);
            var odds = mean * Elementary.Logistic(-predictor);
            return new MarginalPoint(mean, odds * slope, odds * spreadSlope, predictor, slope, spreadSlope);
        }
    }

    public sealed partial class Cloglog
    {
        /// <inheritdoc/>
        public override ConditionalPoint Inverse(double target, double spread)
        {
            var delta = Invert(target, spread);
            var sums = default(MeanDerivatives);
            NormalTrapezoid.Visit(delta, spread, Mode(delta, spread, delta > MedianPredictor, 1), Math.PI / 2, (weight, u) =>
            {
                var hazard = Math.Exp(u);
                var survival = Math.Exp(-hazard);
                if (survival == 0)
                {
                    return;
                }

                var slope = weight * hazard * survival;
                sums.First += slope;
                sums.Second += slope * (1 - hazard);
                sums.Third += slope * (1 - (3 * hazard) + (hazard * hazard));
                sums.Fourth += slope * (1 - (7 * hazard) + (6 * hazard * hazard) - (hazard * hazard * hazard));
            });
            var own = Math.Exp(target);
            var first = own * Math.Exp(-own);
            return sums.Invert(delta, spread, first, first * (1 - own));
        }

        private protected override MarginalPoint? FromPredictor(double predictor, double slope, double spreadSlope)
        {
            var hazard = Math.Exp(predictor);
            var density = hazard * Math.Exp(-hazard);
            return new MarginalPoint(
                -Elementary.ExpMinusOne(-hazard), density * slope, density * spreadSlope, predictor, slope, spreadSlope);
        }
    }
}
