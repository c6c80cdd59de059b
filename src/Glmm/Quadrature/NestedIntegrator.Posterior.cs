using System.Numerics.Tensors;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>The joint modes with their standard errors.</content>
internal sealed partial class NestedIntegrator
{
    /// <inheritdoc/>
    public override void Describe(IReadOnlyList<PosteriorModes> posterior)
    {
        PosteriorModes.Transform(
            point.Lambda(0), qo, outerMode, jointRoot, posterior[0].Modes.AsSpan(top * qo, qo), posterior[0].StandardErrors.AsSpan(top * qo, qo));
        var innerRoot = new double[qu * qu];
        for (var j = 0; j < groups; j++)
        {
            InnerRoot(j, innerRoot);
            var at = (firstGroup + j) * qu;
            PosteriorModes.Transform(
                point.Lambda(1), qu, innerModes.AsSpan(j * qu, qu), innerRoot, posterior[1].Modes.AsSpan(at, qu), posterior[1].StandardErrors.AsSpan(at, qu));
        }
    }

    // An upper triangular root of the joint covariance of u_j in one of the equal groups: n E⁻¹ + BᵀS⁻¹B.
    private void InnerRoot(int j, Span<double> root)
    {
        var covariance = new double[qu * qu];
        Cholesky.Inverse(innerFactors.AsSpan(j * qu * qu, qu * qu), qu, covariance);
        TensorPrimitives.Multiply(covariance, copies[j], covariance);
        var solved = new double[qo * qu];
        regression.AsSpan(j * qo * qu, qo * qu).CopyTo(solved);
        var column = new double[qo];
        for (var b = 0; b < qu; b++)
        {
            for (var a = 0; a < qo; a++)
            {
                column[a] = solved[(a * qu) + b];
            }

            Cholesky.Solve(schur, qo, column);
            for (var c = 0; c < qu; c++)
            {
                for (var a = 0; a < qo; a++)
                {
                    covariance[(b * qu) + c] += column[a] * solved[(a * qu) + c];
                }
            }
        }

        TriangularRoot.OfCovariance(covariance, qu, root);
    }
}
