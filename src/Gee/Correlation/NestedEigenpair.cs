namespace MarginalConditional.Gee.Correlation;

/// <summary>The smallest eigenvalue of a nested exchangeable matrix on vectors that are constant within subclusters.</summary>
/// <remarks>
/// There R acts as diag(d) + α₂ u uᵀ with d_g = 1 − α₁ + m_g(α₁ − α₂) and u_g = √m_g. Its smallest eigenvalue is a root of the secular
/// equation 1 + α₂ Σ m_g/(d_g − λ) = 0 (Golub 1973), found by bisection between its poles, or the smallest d itself when two subclusters
/// share it.
/// </remarks>
internal static class NestedEigenpair
{
    /// <summary>Finds it.</summary>
    /// <param name="sizes">m, the sizes of the subclusters.</param>
    /// <param name="within">α₁.</param>
    /// <param name="between">α₂.</param>
    /// <param name="vector">Receives the vector of length 1, one value a subcluster: each row of it has the value over √m.</param>
    public static double Smallest(ReadOnlySpan<int> sizes, double within, double between, Span<double> vector)
    {
        var (first, second) = TwoSmallest(sizes, within, between);
        var pole = Diagonal(sizes[first], within, between);
        if (between == 0 || (between > 0 && second >= 0 && Diagonal(sizes[second], within, between) == pole))
        {
            vector.Clear();
            vector[first] = 1;
            if (between > 0)
            {
                // Equal d: only the difference of the two escapes the matrix of ones.
                var both = Math.Sqrt(sizes[first] + sizes[second]);
                (vector[first], vector[second]) = (Math.Sqrt(sizes[second]) / both, -Math.Sqrt(sizes[first]) / both);
            }

            return pole;
        }

        var rows = 0.0;
        foreach (var size in sizes)
        {
            rows += size;
        }

        var (low, high) = between < 0
            ? (pole + (between * rows), pole)
            : (pole, second < 0 ? pole + (between * rows) : Math.Min(Diagonal(sizes[second], within, between), pole + (between * rows)));
        var value = Root(sizes, within, between, low, high);
        Fill(sizes, within, between, value, vector);
        return value;
    }

    private static double Diagonal(int size, double within, double between) => 1 - within + (size * (within - between));

    private static (int First, int Second) TwoSmallest(ReadOnlySpan<int> sizes, double within, double between)
    {
        var (first, second) = (0, -1);
        for (var g = 1; g < sizes.Length; g++)
        {
            var value = Diagonal(sizes[g], within, between);
            if (value < Diagonal(sizes[first], within, between))
            {
                (first, second) = (g, first);
            }
            else if (second < 0 || value < Diagonal(sizes[second], within, between))
            {
                second = g;
            }
        }

        return (first, second);
    }

    /// <summary>
    /// Between two poles 1 + α₂·sum rises from minus infinity when α₂ is positive; below all poles it falls to it when α₂ is negative.
    /// </summary>
    private static double Root(ReadOnlySpan<int> sizes, double within, double between, double low, double high)
    {
        for (var round = 0; round < 200; round++)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                break;
            }

            var sum = 0.0;
            foreach (var size in sizes)
            {
                sum += size / (Diagonal(size, within, between) - middle);
            }

            (low, high) = 1 + (between * sum) < 0 == between > 0 ? (middle, high) : (low, middle);
        }

        return 0.5 * (low + high);
    }

    private static void Fill(ReadOnlySpan<int> sizes, double within, double between, double value, Span<double> vector)
    {
        var squares = 0.0;
        for (var g = 0; g < sizes.Length; g++)
        {
            var distance = Diagonal(sizes[g], within, between) - value;
            vector[g] = Math.Sqrt(sizes[g]) / (Math.Abs(distance) > 1e-150 ? distance : 1e-150);
            squares += vector[g] * vector[g];
        }

        for (var g = 0; g < vector.Length; g++)
        {
            vector[g] /= Math.Sqrt(squares);
        }
    }
}
