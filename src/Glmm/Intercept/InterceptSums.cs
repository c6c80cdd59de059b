using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Intercept;

/// <summary>
/// The posterior means over the nodes of a block's clusters that the scores and Louis' information need, and both from them.
/// </summary>
/// <remarks>
/// With d_i = Δ_m x_i and s_i = Δ_σ + ∂b/∂σ, the complete-data score of β is S_β = Σ ℓ′_i d_i and that of σ is S = Σ ℓ′_i s_i + ∂ log f/∂σ
/// (docs/derivations/random-intercept.md, equations 8 to 11). Covariances over the nodes are kept between S and either the ℓ′_i or the
/// entries of S_β, whichever are fewer: a cluster of few rows costs nothing more for many columns.
/// </remarks>
internal sealed class InterceptSums
{
    private readonly InterceptBlock block;
    private readonly int p;
    private readonly int capacity;
    private readonly bool moves;
    private readonly Vector256<double>[] firsts;
    private readonly Vector256<double>[] seconds;
    private readonly Vector256<double>[] secondMotions;
    private readonly Vector256<double>[] scores;
    private readonly Vector256<double>[] products;
    private readonly Vector256<double>[] nodeScores;
    private readonly Vector256<double>[] weighted;
    private readonly Vector256<double>[] between;
    private readonly Vector256<double>[] image;
    private Vector256<double> total;
    private Vector256<double> ownCurvature;
    private int basis;

    /// <summary>Makes room for the largest cluster and tile.</summary>
    /// <param name="block">The clusters.</param>
    /// <param name="capacity">The most nodes of a tile.</param>
    public InterceptSums(InterceptBlock block, int capacity)
    {
        this.block = block;
        this.capacity = capacity;
        p = block.Columns;
        moves = block.Law.IsScaleFamily;
        var rows = block.MaximumRows;
        var order = Math.Min(rows, p) + 1;
        (firsts, seconds, secondMotions) = (new Vector256<double>[rows], new Vector256<double>[rows], new Vector256<double>[rows]);
        (scores, products) = (new Vector256<double>[order], new Vector256<double>[order * order]);
        (nodeScores, weighted) = (new Vector256<double>[order * capacity], new Vector256<double>[capacity]);
        (between, image) = (new Vector256<double>[order * order], new Vector256<double>[p]);
    }

    /// <summary>Σ of the terms; one over it makes all sums means.</summary>
    public Vector256<double> Total => total;

    private bool IsByRow => block.Rows <= p;

    /// <summary>Starts with nothing.</summary>
    public void Clear()
    {
        basis = Math.Min(block.Rows, p);
        (total, ownCurvature) = (Vector256<double>.Zero, Vector256<double>.Zero);
        firsts.AsSpan(0, block.Rows).Clear();
        seconds.AsSpan(0, block.Rows).Clear();
        secondMotions.AsSpan(0, block.Rows).Clear();
        scores.AsSpan().Clear();
        products.AsSpan().Clear();
    }

    /// <summary>Multiplies all sums by a number of each lane.</summary>
    public void Scale(Vector256<double> scale)
    {
        total *= scale;
        ownCurvature *= scale;
        LaneArithmetic.Scale(scale, firsts.AsSpan(0, block.Rows));
        LaneArithmetic.Scale(scale, seconds.AsSpan(0, block.Rows));
        LaneArithmetic.Scale(scale, secondMotions.AsSpan(0, block.Rows));
        LaneArithmetic.Scale(scale, scores);
        LaneArithmetic.Scale(scale, products);
    }

    /// <summary>Adds a tile whose terms are weighed.</summary>
    public void Add(InterceptNodes nodes)
    {
        var count = nodes.Count;
        var terms = nodes.Terms;
        total += LaneArithmetic.Sum(terms);
        ownCurvature += LaneArithmetic.Dot(terms, nodes.ScoreSlope.AsSpan(0, count));
        var own = nodeScores.AsSpan(basis * capacity, count);
        AddRows(nodes, own);
        FillScores(nodes);
        for (var j = 0; j <= basis; j++)
        {
            LaneArithmetic.Multiply(terms, nodeScores.AsSpan(j * capacity, count), weighted.AsSpan(0, count));
            scores[j] += LaneArithmetic.Sum(weighted.AsSpan(0, count));
            for (var l = 0; l <= j; l++)
            {
                products[(j * (basis + 1)) + l] += LaneArithmetic.Dot(weighted.AsSpan(0, count), nodeScores.AsSpan(l * capacity, count));
            }
        }
    }

    /// <summary>Writes the scores of the clusters once the sums are means: p of β, then that of σ.</summary>
    public void Scores(Span<Vector256<double>> gradient)
    {
        gradient.Clear();
        for (var i = 0; i < block.Rows; i++)
        {
            LaneArithmetic.AddScaled(firsts[i] * block.Slope[i], block.Design.Slice(i * p, p), gradient[..p]);
        }

        gradient[p] = scores[basis];
    }

    /// <summary>Writes the lower triangle of the information of the clusters, once the sums are means, (p + 1)×(p + 1).</summary>
    public void Information(Span<Vector256<double>> information)
    {
        information.Clear();
        var width = basis + 1;
        for (var j = 0; j < width; j++)
        {
            for (var l = 0; l <= j; l++)
            {
                between[(j * width) + l] = products[(j * width) + l] - (scores[j] * scores[l]);
            }
        }

        AddCoefficients(information);
        var line = information.Slice(p * (p + 1), p + 1);
        var spread = -ownCurvature - between[(basis * width) + basis];
        for (var i = 0; i < block.Rows; i++)
        {
            var own = block.SpreadSlope[i];
            var cross = -((seconds[i] * own) + secondMotions[i]) * block.Slope[i];
            if (block.IsMarginal)
            {
                cross -= firsts[i] * block.MixedSlope[i];
                spread -= (seconds[i] * own * own) + (2 * own * secondMotions[i]) + (firsts[i] * block.SpreadCurvature[i]);
            }

            if (IsByRow)
            {
                cross -= between[(basis * width) + i] * block.Slope[i];
            }

            LaneArithmetic.AddScaled(cross, block.Design.Slice(i * p, p), line[..p]);
        }

        for (var j = 0; j < p && !IsByRow; j++)
        {
            line[j] -= between[(basis * width) + j];
        }

        line[p] = spread;
    }

    /// <summary>Sums by row, and at each node Σ ℓ″(∂b/∂σ)² into the curvature of σ and Σ ℓ′s + ∂ log f/∂σ into its score.</summary>
    private void AddRows(InterceptNodes nodes, Span<Vector256<double>> own)
    {
        var terms = nodes.Terms;
        var motion = nodes.Motion.AsSpan(0, own.Length);
        var moved = weighted.AsSpan(0, own.Length);
        LaneArithmetic.Multiply(terms, motion, moved);
        own.Clear();
        for (var i = 0; i < block.Rows; i++)
        {
            var slopes = nodes.First(i);
            var curvatures = nodes.Second(i);
            firsts[i] += LaneArithmetic.Dot(terms, slopes);
            seconds[i] += LaneArithmetic.Dot(terms, curvatures);
            if (moves)
            {
                secondMotions[i] += LaneArithmetic.Dot(moved, curvatures);
                LaneArithmetic.AddScaled(Vector256<double>.One, slopes, own);
            }
        }

        // Here own is Σ ℓ′; with motion it becomes Σ ℓ′ ∂b/∂σ.
        if (moves)
        {
            LaneArithmetic.Multiply(own, motion, own);
            AddMotionCurvature(nodes, moved, motion);
        }

        for (var k = 0; k < own.Length; k++)
        {
            own[k] += nodes.Score[k];
        }

        for (var i = 0; block.IsMarginal && i < block.Rows; i++)
        {
            LaneArithmetic.AddScaled(block.SpreadSlope[i], nodes.First(i), own);
        }
    }

    private void AddMotionCurvature(InterceptNodes nodes, Span<Vector256<double>> moved, ReadOnlySpan<Vector256<double>> motion)
    {
        LaneArithmetic.Multiply(moved, motion, moved);
        for (var i = 0; i < block.Rows; i++)
        {
            ownCurvature += LaneArithmetic.Dot(moved, nodes.Second(i));
        }
    }

    /// <summary>At each node the ℓ′_i, or the entries of S_β.</summary>
    private void FillScores(InterceptNodes nodes)
    {
        var x = block.Design;
        for (var j = 0; j < basis; j++)
        {
            var own = nodeScores.AsSpan(j * capacity, nodes.Count);
            if (IsByRow)
            {
                nodes.First(j).CopyTo(own);
                continue;
            }

            own.Clear();
            for (var i = 0; i < block.Rows; i++)
            {
                LaneArithmetic.AddScaled(x[(i * p) + j] * block.Slope[i], nodes.First(i), own);
            }
        }
    }

    /// <summary>XᵀAX with A = diag(−E ℓ″Δ_m² − E ℓ′Δ_mm) − Cov(ℓ′Δ_m), the covariances by row or, less them, by column.</summary>
    private void AddCoefficients(Span<Vector256<double>> information)
    {
        var width = basis + 1;
        for (var i = 0; i < block.Rows; i++)
        {
            var own = -seconds[i] * block.Slope[i] * block.Slope[i];
            if (block.IsMarginal)
            {
                own -= firsts[i] * block.Curvature[i];
            }

            var row = block.Design.Slice(i * p, p);
            if (IsByRow)
            {
                FillImage(i, own);
                row = image;
            }

            for (var j = 0; j < p; j++)
            {
                var scaled = IsByRow ? block.Design[(i * p) + j] : own * row[j];
                var line = information.Slice(j * (p + 1), j + 1);
                for (var l = 0; l < line.Length; l++)
                {
                    line[l] += scaled * row[l];
                }
            }
        }

        for (var j = 0; j < p && !IsByRow; j++)
        {
            for (var l = 0; l <= j; l++)
            {
                information[(j * (p + 1)) + l] -= between[(j * width) + l];
            }
        }
    }

    /// <summary>(AX)_i, row i of A times X.</summary>
    private void FillImage(int i, Vector256<double> diagonal)
    {
        image.AsSpan().Clear();
        var width = basis + 1;
        for (var l = 0; l < block.Rows; l++)
        {
            var covariance = between[(Math.Max(i, l) * width) + Math.Min(i, l)];
            var entry = -covariance * block.Slope[i] * block.Slope[l];
            LaneArithmetic.AddScaled(l == i ? entry + diagonal : entry, block.Design.Slice(l * p, p), image);
        }
    }
}
