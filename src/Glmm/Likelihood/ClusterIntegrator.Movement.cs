using System.Numerics;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>How the nodes move with the parameters.</content>
internal sealed partial class ClusterIntegrator
{
    // A, M, V, e, and each row's ℓ‴ vᵀVv + ℓ″ vᵀe.
    private void Movement()
    {
        var terms = NodeVectors(nodeLog);
        for (var b = 0; b < q; b++)
        {
            // h′_b at the nodes, into nodeEta, which is free now.
            var slopes = NodeVectors(nodeEta);
            NodeVectors(nodeEffects, b).CopyTo(slopes);
            for (var k = 0; k < slopes.Length; k++)
            {
                slopes[k] = -slopes[k];
            }

            for (var a = 0; a <= b; a++)
            {
                AddScaled(lambda[(a * q) + b], NodeVectors(nodeSlopes, a), slopes);
            }

            for (var k = 0; k < slopes.Length; k++)
            {
                slopes[k] *= terms[k];
            }

            var total = Vector<double>.Zero;
            for (var k = 0; k < slopes.Length; k++)
            {
                total += slopes[k];
            }

            moments[b] = Vector.Sum(total);
            for (var a = 0; a < q; a++)
            {
                slopeMoments[(a * q) + b] = DotRows(slopes, grid.Nodes(a));
            }
        }

        FillMovement();
        RowTraces();
    }

    // V = T Q Tᵀ.
    private void FillMovement()
    {
        Span<double> half = stackalloc double[q * q];
        NodeMovement.FillHalf(slopeMoments, transform, q, half);

        for (var a = 0; a < q; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = 0.0;
                for (var c = a; c < q; c++)
                {
                    for (var d = b; d < q; d++)
                    {
                        sum += transform[(a * q) + c] * half[(c * q) + d] * transform[(b * q) + d];
                    }
                }

                movement[(a * q) + b] = movement[(b * q) + a] = sum;
            }
        }
    }

    private void RowTraces()
    {
        moments.CopyTo(adjoint, 0);
        for (var i = 0; i < rows; i++)
        {
            var square = MovementSquare(i);
            rowTrace[i] = square;
            for (var b = 0; b < q; b++)
            {
                adjoint[b] += third[i] * square * v[(b * rowStride) + i];
            }
        }

        Cholesky.Solve(factor, q, adjoint);
        for (var i = 0; i < rows; i++)
        {
            rowTrace[i] = (third[i] * rowTrace[i]) + (second[i] * AdjointTimesRow(i));
        }
    }

    private double MovementTimesRow(int b, int i)
    {
        var sum = 0.0;
        for (var c = 0; c < q; c++)
        {
            sum += movement[(b * q) + c] * v[(c * rowStride) + i];
        }

        return sum;
    }

    // vᵀVv.
    private double MovementSquare(int i)
    {
        var sum = 0.0;
        for (var b = 0; b < q; b++)
        {
            sum += v[(b * rowStride) + i] * MovementTimesRow(b, i);
        }

        return sum;
    }

    private double AdjointTimesRow(int i)
    {
        var sum = 0.0;
        for (var b = 0; b < q; b++)
        {
            sum += adjoint[b] * v[(b * rowStride) + i];
        }

        return sum;
    }
}
