using System.Numerics;

namespace MarginalConditional.Glmm.Quadrature;

/// <content>The exact gradient of the quadrature sums, with the movement of the nodes.</content>
internal sealed partial class LaneIntegrator
{
    private readonly Vector<double>[] rowTrace;
    private readonly Vector<double>[] rowScore;
    private readonly Vector<double>[] moments;
    private readonly Vector<double>[] slopeMoments;
    private readonly Vector<double>[] half;
    private readonly Vector<double>[] movement;
    private readonly Vector<double>[] adjoint;
    private readonly Vector<double>[] meanSlopes;

    /// <summary>The derivatives of the log-likelihoods integrated last in the linear predictor of each row.</summary>
    public ReadOnlySpan<Vector<double>> RowScores => rowScore.AsSpan(0, rows);

    /// <summary>Computes the derivatives of the log-likelihoods integrated last in the linear predictor of each row, in θ and in log φ.</summary>
    /// <param name="theta">Receives the derivatives in θ.</param>
    /// <param name="dispersion">Receives the derivative in log φ, but for what depends on the dispersion alone; 0 when it is fixed.</param>
    /// <remarks>
    /// With p_k the normalized terms, dℓ = Σ p_k[∂h(u_k) + h′(u_k)ᵀdu_k] + d log|T|. With A = Σ p_k h′(u_k), M = Σ p_k z_k h′(u_k)ᵀ,
    /// N = MT + I and the symmetric Q that has half of N's lower triangle, dT = −TΦ(TᵀdHT)ᵀ gives dℓ = Fisher's part + Aᵀdû − tr(V dH),
    /// V = TQTᵀ. Both dû and dH are linear in the row terms ℓ′, ℓ″, ℓ‴ at the mode, so one adjoint solve e = H⁻¹(A + Σ ℓ‴ vᵀVv·v)
    /// serves all parameters.
    /// </remarks>
    public void Differentiate(Span<Vector<double>> theta, out Vector<double> dispersion)
    {
        FillMeanSlopes();
        meanFirst.AsSpan(0, rows).CopyTo(rowScore);
        if (adaptive)
        {
            FillMoments();
            FillMovement();
            FillRowTraces();
            for (var i = 0; i < rows; i++)
            {
                rowScore[i] += rowTrace[i];
            }
        }

        for (var e = 0; e < theta.Length; e++)
        {
            theta[e] = CovarianceSlope(covariance.Rows[e], covariance.Columns[e]);
        }

        dispersion = density.HasFreeDispersion ? DispersionSlope() : Vector<double>.Zero;
    }

    /// <summary>Adds Σ x · score of the rows of the block loaded last, times a factor, to the derivatives in β.</summary>
    public void AddCoefficientSlopes(Vector<double> multiplicity, Span<Vector<double>> gradient)
    {
        var x = design.Span;
        for (var i = 0; i < rows; i++)
        {
            var scaled = multiplicity * rowScore[i];
            var row = x.Slice(i * p, p);
            for (var j = 0; j < row.Length; j++)
            {
                gradient[j] += scaled * row[j];
            }
        }
    }

    // Σ p_k G_a.
    private void FillMeanSlopes()
    {
        for (var a = 0; a < q; a++)
        {
            var sum = Vector<double>.Zero;
            for (var i = 0; i < rows; i++)
            {
                sum += z[(i * q) + a] * meanFirst[i];
            }

            meanSlopes[a] = sum;
        }
    }

    // A and M, from u = û + Tz and h′_b = Σ_a λ_ab G_a − u_b.
    private void FillMoments()
    {
        for (var b = 0; b < q; b++)
        {
            var mean = -mode[b];
            for (var d = b; d < q; d++)
            {
                mean -= transform[(b * q) + d] * nodeMeans[d];
            }

            for (var a = 0; a <= b; a++)
            {
                mean += lambda[(a * q) + b] * meanSlopes[a];
            }

            moments[b] = mean;
            for (var c = 0; c < q; c++)
            {
                var product = -mode[b] * nodeMeans[c];
                for (var d = b; d < q; d++)
                {
                    product -= transform[(b * q) + d] * nodeProducts[(d * q) + c];
                }

                for (var a = 0; a <= b; a++)
                {
                    product += lambda[(a * q) + b] * slopeProducts[(a * q) + c];
                }

                slopeMoments[(c * q) + b] = product;
            }
        }
    }

    // Q, the symmetric matrix that has half of the lower triangle of MT + I, and V = TQTᵀ.
    private void FillMovement()
    {
        for (var a = 0; a < q; a++)
        {
            for (var c = 0; c <= a; c++)
            {
                var sum = a == c ? Vector<double>.One : Vector<double>.Zero;
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
                var sum = Vector<double>.Zero;
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

    // e, and each row's ℓ‴ vᵀVv + ℓ″ vᵀe.
    private void FillRowTraces()
    {
        moments.CopyTo(adjoint, 0);
        for (var i = 0; i < rows; i++)
        {
            var amount = third[i] * MovementSquare(i);
            rowTrace[i] = amount;
            for (var b = 0; b < q; b++)
            {
                adjoint[b] += amount * v[(i * q) + b];
            }
        }

        LaneCholesky.Solve(factor, q, adjoint);
        for (var i = 0; i < rows; i++)
        {
            rowTrace[i] += second[i] * AdjointTimesRow(i);
        }
    }

    private Vector<double> CovarianceSlope(int a, int b)
    {
        var sum = mode[b] * meanSlopes[a];
        for (var d = b; d < q; d++)
        {
            sum += transform[(b * q) + d] * slopeProducts[(a * q) + d];
        }

        for (var i = 0; adaptive && i < rows; i++)
        {
            sum += z[(i * q) + a] * ((rowTrace[i] * mode[b]) + (first[i] * adjoint[b]) + (2 * second[i] * MovementTimesRow(b, i)));
        }

        return sum;
    }

    private Vector<double> MovementTimesRow(int b, int i)
    {
        var sum = Vector<double>.Zero;
        for (var c = 0; c < q; c++)
        {
            sum += movement[(b * q) + c] * v[(i * q) + c];
        }

        return sum;
    }

    // vᵀVv.
    private Vector<double> MovementSquare(int i)
    {
        var sum = Vector<double>.Zero;
        for (var b = 0; b < q; b++)
        {
            sum += v[(i * q) + b] * MovementTimesRow(b, i);
        }

        return sum;
    }

    private Vector<double> AdjointTimesRow(int i)
    {
        var sum = Vector<double>.Zero;
        for (var b = 0; b < q; b++)
        {
            sum += adjoint[b] * v[(i * q) + b];
        }

        return sum;
    }
}
