using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The joint modes with their standard errors.</content>
internal sealed partial class LaplaceGroup
{
    public void Describe(IReadOnlyList<PosteriorModes> posterior)
    {
        var inverse = new double[order * order];
        Cholesky.Inverse(curvature, order, inverse);
        for (var l = 0; l < levelStarts.Length; l++)
        {
            var q = hierarchy.Levels[l].Factor.Dimension;
            var lambda = point.Lambda(l);
            var end = l + 1 < levelStarts.Length ? levelStarts[l + 1] : order;
            for (var at = levelStarts[l]; at < end; at += q)
            {
                var target = (firstGroups[l] * q) + at - levelStarts[l];
                for (var a = 0; a < q; a++)
                {
                    posterior[l].Modes[target + a] = Dense.Dot(lambda.AsSpan(a * q, q), effects.AsSpan(at, q));
                    var variance = 0.0;
                    for (var b = 0; b < q; b++)
                    {
                        for (var c = 0; c < q; c++)
                        {
                            variance += lambda[(a * q) + b] * inverse[((at + b) * order) + at + c] * lambda[(a * q) + c];
                        }
                    }

                    posterior[l].StandardErrors[target + a] = Math.Sqrt(variance);
                }
            }
        }
    }
}
