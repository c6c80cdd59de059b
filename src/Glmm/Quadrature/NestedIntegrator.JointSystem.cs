using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>The joint curvature of both levels, by blocks, and its solutions.</content>
internal sealed partial class NestedIntegrator
{
    // E_j = n_j I + Σωccᵀ (factored), OC_j = Σωocᵀ, B_j = OC_j E_j⁻¹ and S = I + Σωooᵀ − Σ B_j OC_jᵀ (factored).
    private void Curvature()
    {
        schur.AsSpan().Clear();
        for (var a = 0; a < qo; a++)
        {
            schur[(a * qo) + a] = 1;
        }

        for (var j = 0; j < groups; j++)
        {
            var factor = innerFactors.AsSpan(j * qu * qu, qu * qu);
            var mixed = cross.AsSpan(j * qo * qu, qo * qu);
            factor.Clear();
            mixed.Clear();
            for (var b = 0; b < qu; b++)
            {
                factor[(b * qu) + b] = copies[j];
            }

            for (var i = groupStarts[j]; i < groupStarts[j + 1]; i++)
            {
                AddRow(i, -second[i], factor, mixed);
            }

            Cholesky.TryFactor(factor, qu, out _);
            var solved = regression.AsSpan(j * qo * qu, qo * qu);
            mixed.CopyTo(solved);
            Cholesky.SolveRows(factor, qu, solved);
            for (var a = 0; a < qo; a++)
            {
                for (var b = 0; b < qo; b++)
                {
                    schur[(a * qo) + b] -= Dense.Dot(solved.Slice(a * qu, qu), mixed.Slice(b * qu, qu));
                }
            }
        }

        Cholesky.TryFactor(schur, qo, out _);
    }

    private void AddRow(int i, double omega, Span<double> innerCurvature, Span<double> mixed)
    {
        for (var b = 0; b < qu; b++)
        {
            var scaled = omega * innerRows[(b * stride) + i];
            for (var c = 0; c < qu; c++)
            {
                innerCurvature[(b * qu) + c] += scaled * innerRows[(c * stride) + i];
            }

            for (var a = 0; a < qo; a++)
            {
                mixed[(a * qu) + b] += scaled * outerRows[(a * stride) + i];
            }
        }

        for (var a = 0; a < qo; a++)
        {
            for (var b = 0; b < qo; b++)
            {
                schur[(a * qo) + b] += omega * outerRows[(a * stride) + i] * outerRows[(b * stride) + i];
            }
        }
    }

    // Replaces the right-hand sides by the solution of the joint system; returns the product of both.
    private double SolveJoint(Span<double> outer, Span<double> innerSides)
    {
        Span<double> outerSide = stackalloc double[qo];
        outer.CopyTo(outerSide);
        for (var j = 0; j < groups; j++)
        {
            for (var a = 0; a < qo; a++)
            {
                outer[a] -= Dense.Dot(regression.AsSpan((j * qo * qu) + (a * qu), qu), innerSides.Slice(j * qu, qu));
            }
        }

        Cholesky.Solve(schur, qo, outer);
        var product = Dense.Dot(outerSide, outer);
        Span<double> side = stackalloc double[qu];
        for (var j = 0; j < groups; j++)
        {
            var own = innerSides.Slice(j * qu, qu);
            own.CopyTo(side);
            for (var a = 0; a < qo; a++)
            {
                Dense.AddScaled(-outer[a], cross.AsSpan((j * qo * qu) + (a * qu), qu), own);
            }

            Cholesky.Solve(innerFactors.AsSpan(j * qu * qu, qu * qu), qu, own);
            product += Dense.Dot(side, own);
        }

        return product;
    }
}
