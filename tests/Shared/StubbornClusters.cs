namespace MarginalConditional.Tests;

/// <summary>
/// Clusters of four binary rows, x = 0, 0, 1, 1, most of them all no or all yes:
/// the standard deviation of a random intercept comes out near a value chosen.
/// </summary>
/// <remarks>
/// Among clusters of four with intercepts N(0, σ²), σ large, the share with
/// k yes is about φ(0)/σ · ∫ C(4, k) pᵏ(1 − p)⁴⁻ᵏ du = 4φ(0)/{σ k (4 − k)}.
/// </remarks>
internal sealed class StubbornClusters
{
    private const int Clusters = 300;

    private StubbornClusters(double[] response) => Response = response;

    /// <summary>The outcomes, n.</summary>
    public double[] Response { get; }

    /// <summary>n.</summary>
    public int Rows => Response.Length;

    /// <summary>The covariate, n.</summary>
    public double[] X => [.. Response.Select((_, row) => row % 4 < 2 ? 0.0 : 1.0)];

    /// <summary>Where clusters begin, and n.</summary>
    public int[] Offsets => [.. Enumerable.Range(0, (Rows / 4) + 1).Select(cluster => 4 * cluster)];

    /// <summary>Data whose random intercept has a standard deviation near σ.</summary>
    public static StubbornClusters Near(double sigma)
    {
        // In two of three mixed clusters the rows with x = 1 say yes first.
        int[][] order = [[2, 3, 0, 1], [3, 0, 2, 1], [0, 2, 1, 3]];
        var response = new List<double>();
        for (var yes = 1; yes <= 3; yes++)
        {
            var count = (int)Math.Round(Clusters * 4 * 0.39894228 / (sigma * yes * (4 - yes)));
            for (var i = 0; i < count; i++)
            {
                var rows = new double[4];
                for (var k = 0; k < yes; k++)
                {
                    rows[order[i % 3][k]] = 1;
                }

                response.AddRange(rows);
            }
        }

        while (response.Count < 4 * Clusters)
        {
            var all = response.Count % 8 < 4 ? 0.0 : 1.0;
            response.AddRange([all, all, all, all]);
        }

        return new StubbornClusters([.. response]);
    }
}
