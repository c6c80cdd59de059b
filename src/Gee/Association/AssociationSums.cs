using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Association;

/// <summary>
/// The two sets of estimating equations of alternating logistic regressions at given β and α (Carey, Zeger and Diggle 1993).
/// </summary>
/// <remarks>
/// For the mean U_β = ΣDᵀV⁻¹(y − μ) with V from the pairwise odds ratios; for the association U_α = ½ ΣCᵀS⁻¹(y_j − ζ_jk) over ordered pairs
/// (j, k), j ≠ k, with ζ_jk = P(y_j = 1 | y_k), C = ∂ζ/∂α and S = ζ(1 − ζ). A pair contributes ∂ log P(y_j, y_k)/∂α in either order; the
/// information ½ ΣCᵀS⁻¹C and the cross term ½ ΣCᵀS⁻¹ ∂ζ/∂β, which condition on the observed y_k, would depend on the order of the rows if
/// each pair entered once. With both orders they give the standard errors that SAS prints.
/// </remarks>
internal sealed class AssociationSums
{
    private readonly ModelFrame frame;
    private readonly PairDesign pairs;
    private readonly Link link;
    private readonly int p;
    private readonly int q;
    private readonly double[] mean;
    private readonly double[] slope;
    private readonly double[] covariance;
    private readonly double[] whitened;
    private readonly double[] gradient;

    public AssociationSums(ModelFrame frame, PairDesign pairs, Link link)
    {
        this.frame = frame;
        this.pairs = pairs;
        this.link = link;
        p = frame.Design.Columns;
        q = pairs.Names.Count;
        var largest = frame.Clusters.MaximumSize;
        mean = new double[frame.Rows];
        slope = new double[frame.Rows];
        covariance = new double[checked(largest * largest)];
        whitened = new double[largest * (p + 1)];
        gradient = new double[p];
        MeanInformation = new double[p * p];
        MeanScores = new double[frame.Clusters.Count * p];
        PairInformation = new double[q * q];
        PairScores = new double[frame.Clusters.Count * q];
        Cross = new double[q * p];
    }

    /// <summary>ΣDᵀV⁻¹D, p×p.</summary>
    public double[] MeanInformation { get; }

    /// <summary>DᵀV⁻¹(y − μ) of each cluster, K×p.</summary>
    public double[] MeanScores { get; }

    /// <summary>½ ΣCᵀS⁻¹C over ordered pairs, q×q.</summary>
    public double[] PairInformation { get; }

    /// <summary>½ CᵀS⁻¹(y − ζ) of each cluster over ordered pairs, K×q.</summary>
    public double[] PairScores { get; }

    /// <summary>½ ΣCᵀS⁻¹ ∂ζ/∂β over ordered pairs, q×p; 0 on average, as odds ratio and margins of a 2×2 table are orthogonal.</summary>
    public double[] Cross { get; }

    /// <summary>Evaluates everything. Returns the first cluster whose covariance is not positive definite, or −1.</summary>
    public int Evaluate(ReadOnlySpan<double> beta, ReadOnlySpan<double> alpha)
    {
        Clear();
        LinearPredictor.Of(frame, beta, mean);
        link.MeanAndDerivative(mean, mean, slope);
        var pair = 0;
        for (var i = 0; i < frame.Clusters.Count; i++)
        {
            CancellationScope.Check();
            pair = AddPairs(i, pair, alpha);
            if (!AddMean(i))
            {
                return i;
            }
        }

        Dense.MirrorLower(MeanInformation, p);
        Dense.MirrorLower(PairInformation, q);
        return -1;
    }

    private void Clear()
    {
        Array.Clear(MeanInformation);
        Array.Clear(MeanScores);
        Array.Clear(PairInformation);
        Array.Clear(PairScores);
        Array.Clear(Cross);
    }

    private int AddPairs(int cluster, int pair, ReadOnlySpan<double> alpha)
    {
        var start = frame.Clusters.Start(cluster);
        var n = frame.Clusters.Size(cluster);
        for (var j = 0; j < n; j++)
        {
            covariance[(j * n) + j] = mean[start + j] * (1 - mean[start + j]);
            for (var k = j + 1; k < n; k++, pair++)
            {
                var z = pairs.Row(pair);
                var joint = new PairProbability(mean[start + j], mean[start + k], Dense.Dot(z, alpha));
                covariance[(k * n) + j] = joint.Both - (mean[start + j] * mean[start + k]);
                AddPair(cluster, start + j, start + k, z, joint);
            }
        }

        return pair;
    }

    /// <summary>
    /// Each outcome given the other, with weight one half: the score is the same either way, the information is not, and only the mean
    /// of both does not depend on the order of the rows.
    /// </summary>
    private void AddPair(int cluster, int j, int k, ReadOnlySpan<double> z, PairProbability joint)
    {
        AddConditional(cluster, j, k, z, joint, joint.ByFirst, joint.BySecond);
        AddConditional(cluster, k, j, z, joint, joint.BySecond, joint.ByFirst);
    }

    private void AddConditional(int cluster, int j, int k, ReadOnlySpan<double> z, PairProbability joint, double bothByJ, double bothByK)
    {
        double zeta, byAlpha, byFirst, bySecond;
        if (frame.Response[k] == 1)
        {
            zeta = joint.Both / mean[k];
            byAlpha = joint.ByLogOddsRatio / mean[k];
            byFirst = bothByJ / mean[k];
            bySecond = (bothByK - zeta) / mean[k];
        }
        else
        {
            zeta = (mean[j] - joint.Both) / (1 - mean[k]);
            byAlpha = -joint.ByLogOddsRatio / (1 - mean[k]);
            byFirst = (1 - bothByJ) / (1 - mean[k]);
            bySecond = (zeta - bothByK) / (1 - mean[k]);
        }

        var precision = 0.5 / (zeta * (1 - zeta));
        var score = PairScores.AsSpan(cluster * q, q);
        Dense.AddScaled(byAlpha * precision * (frame.Response[j] - zeta), z, score);
        Dense.RankOneUpdateLower(byAlpha * byAlpha * precision, z, PairInformation);
        for (var c = 0; c < p; c++)
        {
            gradient[c] = (byFirst * slope[j] * frame.Design.Column(c)[j]) + (bySecond * slope[k] * frame.Design.Column(c)[k]);
        }

        Dense.RankOneUpdate(byAlpha * precision, z, gradient, Cross);
    }

    private bool AddMean(int cluster)
    {
        var start = frame.Clusters.Start(cluster);
        var n = frame.Clusters.Size(cluster);
        if (!Cholesky.TryFactor(covariance.AsSpan(0, n * n), n, out _))
        {
            return false;
        }

        for (var c = 0; c <= p; c++)
        {
            var column = whitened.AsSpan(c * n, n);
            for (var j = 0; j < n; j++)
            {
                column[j] = c < p ? slope[start + j] * frame.Design.Column(c)[start + j] : frame.Response[start + j] - mean[start + j];
            }

            Cholesky.SolveLower(covariance, n, column);
        }

        var residual = whitened.AsSpan(p * n, n);
        for (var c = 0; c < p; c++)
        {
            var column = whitened.AsSpan(c * n, n);
            MeanScores[(cluster * p) + c] = Dense.Dot(column, residual);
            for (var d = 0; d <= c; d++)
            {
                MeanInformation[(c * p) + d] += Dense.Dot(column, whitened.AsSpan(d * n, n));
            }
        }

        return true;
    }
}
