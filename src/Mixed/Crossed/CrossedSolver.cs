using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Mixed.Crossed;

/// <summary>Solutions with a factored <see cref="CrossedSystem"/>, for right-hand sides and for its tail.</summary>
public static class CrossedSolver
{
    /// <summary>
    /// Replaces a right-hand side by the solution, after <see cref="CrossedSystem.TryFactor"/>; after <see cref="CrossedSystem.Invert"/>
    /// only without a tail.
    /// </summary>
    /// <param name="system">The factored system.</param>
    /// <param name="ownSide">Groups×q.</param>
    /// <param name="restSide">m values.</param>
    public static void Solve(
        CrossedSystem system,
        Span<double> ownSide,
        Span<double> restSide)
    {
        var q = system.Layout.OwnDimension;
        for (var g = 0; g < system.Layout.Groups; g++)
        {
            var right = ownSide.Slice(g * q, q);
            Cholesky.SolveLower(system.Own(g), q, right);
            var coupled = system.Coupling(g);
            var columns = system.Layout.Columns(g);
            var width = columns.Length + system.Tail;
            for (var a = 0; a < q; a++)
            {
                var value = right[a];
                for (var k = 0; k < columns.Length; k++)
                {
                    restSide[columns[k]] -= coupled[(a * width) + k] * value;
                }
            }
        }

        SolveRest(system, restSide);
        for (var g = 0; g < system.Layout.Groups; g++)
        {
            SubstituteBack(system, g, ownSide.Slice(g * q, q), restSide);
        }
    }

    /// <summary>
    /// Solves for a combination of the tail's columns, after <see cref="CrossedSystem.TryFactor"/>, before
    /// <see cref="CrossedSystem.Invert"/>.
    /// </summary>
    /// <param name="system">The factored system.</param>
    /// <param name="combination">A weight for each column of the tail.</param>
    /// <param name="ownSolution">Receives groups×q values.</param>
    /// <param name="restSolution">Receives m values.</param>
    public static void SolveTail(
        CrossedSystem system,
        ReadOnlySpan<double> combination,
        Span<double> ownSolution,
        Span<double> restSolution)
    {
        var q = system.Layout.OwnDimension;
        var m = system.Layout.RestDimension;
        restSolution[..m].Clear();
        for (var t = 0; t < system.Tail; t++)
        {
            Dense.AddScaled(combination[t], system.Rest.AsSpan((m + t) * system.Stride, m), restSolution);
        }

        SolveRestTransposed(system, restSolution);
        for (var g = 0; g < system.Layout.Groups; g++)
        {
            var right = ownSolution.Slice(g * q, q);
            var coupled = system.Coupling(g);
            var width = system.Width(g);
            for (var a = 0; a < q; a++)
            {
                right[a] = Dense.Dot(combination, coupled.Slice(((a + 1) * width) - system.Tail, system.Tail));
            }

            SubstituteBack(system, g, right, restSolution);
        }
    }

    private static void SolveRest(CrossedSystem system, Span<double> side)
    {
        var m = system.Layout.RestDimension;
        if (system.IsInverted)
        {
            var product = new double[m];
            for (var i = 0; i < m; i++)
            {
                product[i] = Dense.Dot(system.Rest.AsSpan(i * system.Stride, m), side);
            }

            product.CopyTo(side);
            return;
        }

        for (var i = 0; i < m; i++)
        {
            side[i] = (side[i] - Dense.Dot(system.Rest.AsSpan(i * system.Stride, i), side)) / system.Rest[(i * system.Stride) + i];
        }

        SolveRestTransposed(system, side);
    }

    private static void SolveRestTransposed(CrossedSystem system, Span<double> side)
    {
        for (var i = system.Layout.RestDimension - 1; i >= 0; i--)
        {
            var value = side[i] / system.Rest[(i * system.Stride) + i];
            side[i] = value;
            Dense.AddScaled(-value, system.Rest.AsSpan(i * system.Stride, i), side);
        }
    }

    /// <summary>L⁻ᵀ(right − L⁻¹B·rest) of one group.</summary>
    private static void SubstituteBack(CrossedSystem system, int group, Span<double> right, ReadOnlySpan<double> rest)
    {
        var q = system.Layout.OwnDimension;
        var coupled = system.Coupling(group);
        var columns = system.Layout.Columns(group);
        var width = columns.Length + system.Tail;
        for (var a = 0; a < q; a++)
        {
            var sum = 0.0;
            for (var k = 0; k < columns.Length; k++)
            {
                sum += coupled[(a * width) + k] * rest[columns[k]];
            }

            right[a] -= sum;
        }

        Cholesky.SolveLowerTransposed(system.Own(group), q, right);
    }
}
