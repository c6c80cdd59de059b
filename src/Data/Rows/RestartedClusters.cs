using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>Notices clusters whose names may start again in another column, such as patients numbered from 1 in each centre.</summary>
/// <remarks>
/// A covariate that is constant within most clusters and varies in some is a sign: the few are mistakes, or two clusters of one name. The
/// second is taken for granted when one more column, with few values, makes all such covariates constant.
/// </remarks>
internal static class RestartedClusters
{
    /// <summary>Constant in this part of the clusters, a covariate is meant to be one of clusters.</summary>
    private const double Most = 0.9;

    /// <summary>This part is enough when another column explains where the covariate varies.</summary>
    private const double Half = 0.5;

    /// <summary>Clusters start again in a few places, not in many.</summary>
    private const int MostPlaces = 50;

    /// <summary>The note, or none.</summary>
    internal static IReadOnlyList<string> Notes(FrameTable table, FrameRequest request, Clusters clusters)
    {
        if (request.Cluster is null && request.Formula.RandomTerms.Count == 0)
        {
            return [];
        }

        return Notes(
            table,
            [
                .. request.Formula.Terms.SelectMany(term => term.Factors).OfType<Expression.Variable>().Select(factor => factor.Name)
                    .Except(request.GroupingColumns, StringComparer.Ordinal)
                    .Where(name => name != request.Wave)
                    .Distinct(StringComparer.Ordinal),
            ],
            clusters,
            place => request.Cluster is null ? $"(1 | {place}:{clusters.Name})" : $"--cluster {place}:{clusters.Name}");
    }

    /// <summary>The note on some columns, or none.</summary>
    /// <param name="table">Rows sorted by cluster.</param>
    /// <param name="names">The columns looked at.</param>
    /// <param name="clusters">The clusters.</param>
    /// <param name="spelled">How the clusters within a place are written.</param>
    internal static IReadOnlyList<string> Notes(FrameTable table, string[] names, Clusters clusters, Func<string, string> spelled)
    {
        var offsets = clusters.Offsets.ToArray();
        var several = Enumerable.Range(0, clusters.Count).Count(cluster => clusters.Size(cluster) > 1);
        var varying = names.ToDictionary(
            name => name,
            name => table.Column(name) is FactorColumn factor
                ? CountVarying(factor.CodesArray, offsets)
                : CountVarying(((NumericColumn)table.Column(name)).ValuesArray, offsets),
            StringComparer.Ordinal);
        string[] suspects = [.. names.Where(name => varying[name] > 0 && varying[name] <= (1 - Half) * several)];
        if (suspects.Length == 0)
        {
            return [];
        }

        // Numbers are given codes only here: of a million rows that takes longer than to count where they vary.
        int[][] suspected = [.. suspects.Select(name => Codes(table.Column(name), int.MaxValue).Values)];
        var place = names.Except(suspects, StringComparer.Ordinal)
            .Where(name => varying[name] > 0)
            .Select(name => (Name: name, Codes: Codes(table.Column(name), MostPlaces)))
            .Where(place => place.Codes.Count <= MostPlaces)
            .OrderBy(place => place.Codes.Count)
            .FirstOrDefault(place => Explains(place.Codes.Values, suspected, offsets))
            .Name;
        var named = place is null ? suspects.FirstOrDefault(name => varying[name] <= (1 - Most) * several) : suspects[0];
        return named is null ? [] : [string.Create(
            CultureInfo.InvariantCulture,
            $"{named} is constant within {several - varying[named]} of the {several} clusters of {clusters.Name} that have several "
                + $"rows, and varies in {(varying[named] == 1 ? "one" : varying[named])}{Advice(place, clusters.Name, spelled)}.")];
    }

    private static string Advice(string? place, string cluster, Func<string, string> spelled) => place is null
        ? ": check these rows"
        : $": if {cluster} starts again in each {place}, say {spelled(place)}";

    /// <summary>Whether covariates are constant in each cluster once it is split by place, in parts with rows enough to tell.</summary>
    private static bool Explains(int[] place, int[][] covariates, int[] offsets)
    {
        var seen = new Dictionary<int, int>();
        var parts = 0;
        for (var i = 0; i + 1 < offsets.Length; i++)
        {
            seen.Clear();
            for (var row = offsets[i]; row < offsets[i + 1]; row++)
            {
                if (!seen.TryAdd(place[row], row))
                {
                    var first = seen[place[row]];
                    foreach (var values in covariates)
                    {
                        if (values[row] != values[first])
                        {
                            return false;
                        }
                    }
                }
            }

            parts += seen.Count;
        }

        return 2 * parts <= offsets[^1];
    }

    /// <summary>In how many clusters a column has more than one value.</summary>
    private static int CountVarying<T>(T[] values, int[] offsets)
        where T : IEquatable<T>
    {
        var count = 0;
        for (var i = 0; i + 1 < offsets.Length; i++)
        {
            var first = values[offsets[i]];
            for (var row = offsets[i] + 1; row < offsets[i + 1]; row++)
            {
                if (!values[row].Equals(first))
                {
                    count++;
                    break;
                }
            }
        }

        return count;
    }

    /// <summary>A code for each value; where there are more values than some, only that there are.</summary>
    private static (int[] Values, int Count) Codes(Column column, int most)
    {
        if (column is FactorColumn factor)
        {
            return (factor.CodesArray, factor.Levels.Count);
        }

        var values = ((NumericColumn)column).ValuesArray;
        var numbers = new Dictionary<double, int>();
        var codes = new int[values.Length];
        for (var i = 0; i < codes.Length && numbers.Count <= most; i++)
        {
            if (!numbers.TryGetValue(values[i], out codes[i]))
            {
                codes[i] = numbers.Count;
                numbers.Add(values[i], codes[i]);
            }
        }

        return (codes, numbers.Count);
    }
}
