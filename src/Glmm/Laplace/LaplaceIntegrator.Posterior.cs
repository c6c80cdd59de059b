using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Laplace;

/// <content>The joint modes with their standard errors.</content>
internal sealed partial class LaplaceIntegrator
{
    /// <inheritdoc/>
    public override void Describe(IReadOnlyList<PosteriorModes> posterior)
    {
        FillCovariances();
        for (var l = 0; l < depth; l++)
        {
            var (q, width) = (dimensions[l], widths[l]);
            var lambda = point.Lambda(l);
            for (var node = 0; node < counts[l]; node++)
            {
                var target = (firstNodes[l] + node) * q;
                var covariance = covariances[l].AsSpan(node * width * width, width * width);
                for (var a = 0; a < q; a++)
                {
                    posterior[l].Modes[target + a] = Dense.Dot(lambda.AsSpan(a * q, q), effects[l].AsSpan(node * q, q));
                    var variance = 0.0;
                    for (var b = 0; b < q; b++)
                    {
                        variance += lambda[(a * q) + b] * Dense.Dot(covariance.Slice(((width - q + b) * width) + width - q, q), lambda.AsSpan(a * q, q));
                    }

                    posterior[l].StandardErrors[target + a] = Math.Sqrt(variance);
                }
            }
        }
    }
}
