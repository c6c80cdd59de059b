using System.Numerics;

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
}
