using System.Numerics;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <content>The exact gradient of a cluster's quadrature sum, with the movement of the nodes.</content>
internal sealed partial class ClusterIntegrator
{
    private double[] nodeSlopes = [];
    private double[] moments = [];
    private double[] slopeMoments = [];
    private double[] movement = [];
    private double[] adjoint = [];
    private double[] rowScore = [];
    private double[] rowTrace = [];
    private double[] dispersionRows = [];
    private double constantSlope;

    /// <summary>The gradient of the last pattern's log-likelihood, added with a factor.</summary>
    /// <param name="multiplicity">How many clusters share the pattern.</param>
    /// <param name="gradient">(β, θ, log φ) of the scaled columns; added to.</param>
    /// <remarks>
    /// With p_k the normalized terms, dℓ = Σ p_k[∂h(u_k) + h′(u_k)ᵀdu_k] + d log|T|. With A = Σ p_k h′(u_k), M = Σ p_k z_k h′(u_k)ᵀ,
    /// N = MT + I and the symmetric Q that has half of N's lower triangle, dT = −TΦ(TᵀdHT)ᵀ gives dℓ = Fisher's part + Aᵀdû − tr(V dH),
    /// V = TQTᵀ. Both dû and dH are linear in the row terms ℓ′, ℓ″, ℓ‴ at the mode, so one adjoint solve e = H⁻¹(A + Σ ℓ‴ vᵀVv·v)
    /// serves all parameters.
    /// </remarks>
    public void AddGradient(double multiplicity, Span<double> gradient)
    {
        FillRowScores();
        for (var i = 0; i < rows; i++)
        {
            var scaled = multiplicity * rowScore[i];
            var x = data.Design.AsSpan((start + i) * p, p);
            for (var j = 0; j < x.Length; j++)
            {
                gradient[j] += scaled * x[j];
            }
        }

        AddCovarianceGradient(multiplicity, gradient.Slice(p, data.Factor.ParameterCount));
        if (density.HasFreeDispersion)
        {
            gradient[p + data.Factor.ParameterCount] += multiplicity * DispersionSlope();
        }
    }

    /// <summary>The gradient of the last pattern's log-likelihood with respect to the linear predictor of each row, θ, and log φ: for an outer integral.</summary>
    /// <param name="rowGradient">Receives one number a row.</param>
    /// <param name="theta">Receives the derivatives in θ.</param>
    /// <param name="dispersion">Receives the derivative in log φ, 0 when it is fixed.</param>
    public void PartialGradient(Span<double> rowGradient, Span<double> theta, out double dispersion)
    {
        FillRowScores();
        rowScore.AsSpan(0, rows).CopyTo(rowGradient);
        theta.Clear();
        AddCovarianceGradient(1, theta);
        dispersion = density.HasFreeDispersion ? DispersionSlope() : 0;
    }

    private void FillRowScores()
    {
        SlopesAtNodes();
        if (adaptive)
        {
            Movement();
        }

        for (var i = 0; i < rows; i++)
        {
            rowScore[i] = DotRows(NodeVectors(nodeLog), NodeVectors(nodeFirst, i)) + (adaptive ? rowTrace[i] : 0);
        }
    }

    private void AllocateDerivatives()
    {
        nodeSlopes = new double[grid.Stride * q];
        moments = new double[q];
        slopeMoments = new double[q * q];
        movement = new double[q * q];
        adjoint = new double[q];
        rowScore = new double[rowStride];
        rowTrace = new double[rowStride];
        dispersionRows = new double[3 * rowStride];
        AllocateInformation();
    }

    // G_a = Σ_i z_ia ℓ′_i at every node.
    private void SlopesAtNodes()
    {
        for (var a = 0; a < q; a++)
        {
            var sum = NodeVectors(nodeSlopes, a);
            sum.Clear();
            for (var i = 0; i < rows; i++)
            {
                AddScaled(z[(a * rowStride) + i], NodeVectors(nodeFirst, i), sum);
            }
        }
    }

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
        for (var a = 0; a < q; a++)
        {
            for (var c = 0; c <= a; c++)
            {
                var sum = a == c ? 1.0 : 0.0;
                for (var b = 0; b <= c; b++)
                {
                    sum += slopeMoments[(a * q) + b] * transform[(b * q) + c];
                }

                half[(a * q) + c] = half[(c * q) + a] = 0.5 * sum;
            }
        }

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
            var square = 0.0;
            for (var b = 0; b < q; b++)
            {
                square += v[(b * rowStride) + i] * MovementTimesRow(b, i);
            }

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

    private double AdjointTimesRow(int i)
    {
        var sum = 0.0;
        for (var b = 0; b < q; b++)
        {
            sum += adjoint[b] * v[(b * rowStride) + i];
        }

        return sum;
    }

    private void AddCovarianceGradient(double multiplicity, Span<double> gradient)
    {
        var terms = NodeVectors(nodeLog);
        for (var entry = 0; entry < gradient.Length; entry++)
        {
            var a = data.Factor.Rows[entry];
            var b = data.Factor.Columns[entry];
            var slopes = NodeVectors(nodeSlopes, a);
            var effects = NodeVectors(nodeEffects, b);
            var total = Vector<double>.Zero;
            for (var k = 0; k < terms.Length; k++)
            {
                total += terms[k] * slopes[k] * effects[k];
            }

            var sum = Vector.Sum(total);
            for (var i = 0; adaptive && i < rows; i++)
            {
                sum += z[(a * rowStride) + i] * ((rowTrace[i] * mode[b]) + (first[i] * adjoint[b]) + (2 * second[i] * MovementTimesRow(b, i)));
            }

            gradient[entry] += multiplicity * sum;
        }
    }

    private double DispersionSlope()
    {
        var sum = constantSlope;
        var nodes = NodeVectors(nodeEta);
        var total = NodeVectors(nodeSlopes);
        total.Clear();
        Shift(mode);
        for (var i = 0; i < rows; i++)
        {
            nodes.Fill(new Vector<double>(eta[i]));
            for (var d = 0; d < q; d++)
            {
                var along = 0.0;
                for (var b = 0; b <= d; b++)
                {
                    along += transform[(b * q) + d] * v[(b * rowStride) + i];
                }

                AddScaled(along, grid.Nodes(d), nodes);
            }

            density.DispersionAlongNodes(response[i], weight[i], point.Dispersion, nodes, total);
        }

        sum += DotRows(NodeVectors(nodeLog), total);
        if (!adaptive)
        {
            return sum;
        }

        density.DispersionAlongRows(RowVectors(response), RowVectors(weight), point.Dispersion, RowVectors(eta), RowVectors(dispersionRows), RowVectors(dispersionRows, 1), RowVectors(dispersionRows, 2));
        for (var i = 0; i < rows; i++)
        {
            var square = 0.0;
            for (var b = 0; b < q; b++)
            {
                square += v[(b * rowStride) + i] * MovementTimesRow(b, i);
            }

            sum += (dispersionRows[(2 * rowStride) + i] * square) + (dispersionRows[rowStride + i] * AdjointTimesRow(i));
        }

        return sum;
    }
}
