namespace MarginalConditional.Statistics.Quadrature;

/// <summary>
/// A Gauss–Hermite rule for the standard normal distribution: Σ w_k f(z_k) ≈ E f(Z), exact for polynomials up to degree 2n − 1.
/// </summary>
/// <remarks>
/// Nodes are the eigenvalues of the symmetric tridiagonal Jacobi matrix with zero diagonal and off-diagonal √k (Golub and Welsch 1969),
/// found by implicit QL, polished by Newton's method and symmetrised. The weight of a node is 1/Σ_j p_j(z)² over the orthonormal
/// polynomials p_0 … p_{n−1}: the squared first component of its eigenvector, but to full relative accuracy however small it is.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Quadrature;
///
/// var rule = GaussHermiteRule.OfSize(15);
/// Console.WriteLine(rule);
/// </code>
/// </example>
public sealed class GaussHermiteRule
{
    /// <summary>The largest number of nodes.</summary>
    public const int MaximumNodes = 200;

    private static readonly GaussHermiteRule?[] Cache = new GaussHermiteRule?[MaximumNodes + 1];

    private readonly double[] nodes;
    private readonly double[] weights;
    private readonly double[] logWeights;

    private GaussHermiteRule(int count)
    {
        nodes = Eigenvalues(count);
        weights = new double[count];
        logWeights = new double[count];
        for (var k = 0; k < (count + 1) / 2; k++)
        {
            var z = count == (2 * k) + 1 ? 0 : Polish(0.5 * (nodes[count - 1 - k] - nodes[k]), count);
            nodes[k] = -z;
            nodes[count - 1 - k] = z;
            var logWeight = -Math.Log(Evaluate(z, count).SumOfSquares);
            logWeights[k] = logWeight;
            logWeights[count - 1 - k] = logWeight;
        }

        Normalize();
    }

    /// <summary>The number of nodes n.</summary>
    public int Count => nodes.Length;

    /// <summary>z_k, ascending and symmetric about 0, n.</summary>
    public ReadOnlySpan<double> Nodes => nodes;

    /// <summary>w_k &gt; 0, summing to 1, n.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>log w_k, n: to be used where w_k is tiny and multiplies something huge.</summary>
    public ReadOnlySpan<double> LogWeights => logWeights;

    /// <summary>The rule with the given number of nodes, computed once.</summary>
    /// <param name="count">1 to <see cref="MaximumNodes"/>.</param>
    public static GaussHermiteRule OfSize(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaximumNodes);

        // Two threads may both compute a rule; they get the same numbers, and either may stay.
        var rule = Volatile.Read(ref Cache[count]);
        if (rule is null)
        {
            rule = new GaussHermiteRule(count);
            Volatile.Write(ref Cache[count], rule);
        }

        return rule;
    }

    private void Normalize()
    {
        // Added from the smallest weights inwards: the least rounding.
        var sum = 0.0;
        for (var k = 0; k < Count; k++)
        {
            var index = (k % 2) == 0 ? k / 2 : Count - 1 - (k / 2);
            sum += Math.Exp(logWeights[index]);
        }

        var logSum = Math.Log(sum);
        for (var k = 0; k < Count; k++)
        {
            logWeights[k] -= logSum;
            weights[k] = Math.Exp(logWeights[k]);
        }
    }

    // p_{j+1} = (z·p_j − √j·p_{j−1}) / √(j+1) from p_0 = 1: p_n, p_{n−1} and Σ_{j<n} p_j².
    private static (double Last, double Previous, double SumOfSquares) Evaluate(double z, int n)
    {
        var previous = 0.0;
        var current = 1.0;
        var sum = 0.0;
        for (var j = 0; j < n; j++)
        {
            sum += current * current;
            var next = ((z * current) - (Math.Sqrt(j) * previous)) / Math.Sqrt(j + 1);
            previous = current;
            current = next;
        }

        return (current, previous, sum);
    }

    // Newton on p_n, whose derivative is √n·p_{n−1}. The eigenvalue is accurate to some units in the last place already.
    private static double Polish(double z, int n)
    {
        for (var step = 0; step < 3; step++)
        {
            var (last, previous, _) = Evaluate(z, n);
            var change = last / (Math.Sqrt(n) * previous);
            if (!(Math.Abs(change) < 1e-6))
            {
                break;
            }

            z -= change;
        }

        return z;
    }

    // Eigenvalues of the Jacobi matrix by implicit QL with Wilkinson's shift, ascending.
    private static double[] Eigenvalues(int n)
    {
        var diagonal = new double[n];
        var off = new double[n];
        for (var k = 1; k < n; k++)
        {
            off[k - 1] = Math.Sqrt(k);
        }

        for (var l = 0; l < n; l++)
        {
            for (var m = FirstSmall(diagonal, off, l); m != l; m = FirstSmall(diagonal, off, l))
            {
                Chase(diagonal, off, l, m);
            }
        }

        Array.Sort(diagonal);
        return diagonal;
    }

    private static int FirstSmall(double[] diagonal, double[] off, int start)
    {
        var m = start;
        while (m < diagonal.Length - 1)
        {
            var scale = Math.Abs(diagonal[m]) + Math.Abs(diagonal[m + 1]);
            if (Math.Abs(off[m]) <= 1e-16 * Math.Max(scale, 1e-3))
            {
                break;
            }

            m++;
        }

        return m;
    }

    private static void Chase(double[] diagonal, double[] off, int l, int m)
    {
        var g = (diagonal[l + 1] - diagonal[l]) / (2 * off[l]);
        var r = double.Hypot(g, 1);
        g = diagonal[m] - diagonal[l] + (off[l] / (g + Math.CopySign(r, g)));
        var s = 1.0;
        var c = 1.0;
        var p = 0.0;
        for (var i = m - 1; i >= l; i--)
        {
            var f = s * off[i];
            var b = c * off[i];
            r = double.Hypot(f, g);
            off[i + 1] = r;
            if (r == 0)
            {
                diagonal[i + 1] -= p;
                off[m] = 0;
                return;
            }

            s = f / r;
            c = g / r;
            g = diagonal[i + 1] - p;
            r = ((diagonal[i] - g) * s) + (2 * c * b);
            p = s * r;
            diagonal[i + 1] = g + p;
            g = (c * r) - b;
        }

        diagonal[l] -= p;
        off[l] = g;
        off[m] = 0;
    }
}
