using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Frames;

/// <summary>Makes model frames from data sets.</summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + age"), Cluster = "site" });
/// Console.WriteLine(frame);
/// Console.WriteLine(string.Join(", ", frame.Design.Names));
/// </code>
/// </example>
public static class ModelFrameBuilder
{
    /// <summary>Selects complete cases of positive weight, sorts them, codes factors and gathers everything an estimator needs.</summary>
    /// <param name="data">The table.</param>
    /// <param name="request">The formula and the roles of columns.</param>
    /// <returns>A frame whose arrays do not depend on the order of the table's
    /// rows (unless <see cref="FrameRequest.PositionMatters"/>).</returns>
    /// <exception cref="InputException">The data do not fit the request.</exception>
    public static ModelFrame Build(Dataset data, FrameRequest request)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(request);
        var orderNotes = new List<string>();
        var asRead = data;
        data = LevelNumbers.Apply(data, request, orderNotes);
        var roles = new ColumnRoles(data, request);
        data = LevelOrders.Apply(data, request, orderNotes);
        var groups = GroupColumns.Of(data, request.GroupingColumns);
        var leftOut = RowConditions.LeftOut(asRead, request.Where);
        var complete = CompleteCases.Rows(data, request.ModelColumns, leftOut);
        var rows = CompleteCases.Weighted(data, request.Weights, complete);
        var random = RandomGroupings.Order(groups, request.Formula.RandomTerms);
        var clusterColumns = request.Cluster is not null ? request.ClusterColumns : random.Count > 0 ? random[0].Grouping : [];
        string[] sorted = [.. request.Cluster is not null ? clusterColumns : clusterColumns.Reverse()];
        RowOrdering.Sort(data, request, [.. sorted, .. random.SelectMany(term => term.Grouping.Reverse())], groups, rows);

        var table = new FrameTable(data, rows, request.ModelColumns, groups);
        var clusters = CreateClusters(table, request, clusterColumns);
        var columns = ResponseColumns.Create(table, request);
        var codings = new CodingFactory(CodedBy(data, request) ?? table, request, roles.IsCategorical);
        var fixedCoding = DesignCoding.Create(request.Formula.HasIntercept, request.Formula.Terms, codings.Of);
        var (design, estimability) = CreateDesign(table, fixedCoding, request.Formula, request);
        var zeroCoding = request.Inflation is { } zeros ? DesignCoding.Create(zeros.HasIntercept, zeros.Terms, codings.Of) : null;
        var inflation = zeroCoding is null ? default : CreateDesign(table, zeroCoding, request.Inflation!, request);
        var wave = WaveColumn.Create(table, request, clusters);
        var zeroTerms = request.Inflation?.Terms ?? [];
        DesignCoding[] randomCodings = [.. random.Select(term => DesignCoding.Create(term.HasIntercept, term.Terms, codings.Of))];
        return new ModelFrame(design, columns.Response, clusters)
        {
            ResponseName = request.Formula.Response.Text,
            Inflation = inflation.Design,
            Categories = columns.Categories,
            Weights = columns.Weights,
            Trials = columns.Trials,
            Offset = columns.Offset,
            Waves = wave.Ranks,
            WaveValues = wave.Values,
            WaveLabels = wave.Labels,
            RandomTerms = RandomGroupings.RefuseEqual(
                [.. random.Zip(randomCodings, (term, coding) => RandomGroupings.Design(term, table, coding))], table.Data.Source),
            RowOrder = rows,
            Dropped = data.Rows - complete.Length - leftOut.AsSpan().Count(true),
            Notes =
            [
                .. RowConditions.Notes(request.Where, leftOut),
                .. request.Formula.Notes, .. roles.Notes, .. data.Notes(request.Columns), .. orderNotes, .. groups.Notes,
                .. columns.Notes, .. wave.Notes, .. RestartedClusters.Notes(table, request, clusters), .. AliasNotes(design),
                .. WeightNotes(complete.Length - rows.Length),
            ],
            Labels = VariableLabels.Of(data, request.Columns),
            Recipe = new DesignRecipe(fixedCoding, table, Predictors(request.Formula.Terms), codings.Categorical, estimability)
            {
                Random = randomCodings,
                Groupings = [.. random.Select(term => term.Grouping)],
                Offsets = columns.OffsetParts,
                OtherVariables = Predictors(random.SelectMany(term => term.Terms).Concat(zeroTerms)),
                Inflation = zeroCoding is null ? null : new DesignRecipe(
                    zeroCoding, table, Predictors(request.Formula.Terms.Concat(zeroTerms)), codings.Categorical, inflation.Estimability),
                TermVariables = Array.ConvertAll<Term, (string, IReadOnlyList<string>)>(
                    [.. request.Formula.Terms], term => (term.Label, Predictors([term]))),
            },
            AuxiliaryColumns =
            [
                .. request.Auxiliary.Select(table.Column),
                .. request.AuxiliaryGroupings.Select(name => Grouping.Create(table, GroupingName.Columns(name)).AsColumn(name)),
            ],
        };
    }

    /// <summary>The rows that codings are learned from, where the table is a part of a larger one; null for its own.</summary>
    private static FrameTable? CodedBy(Dataset data, FrameRequest request)
    {
        if (data.CodedBy is not { } whole)
        {
            return null;
        }

        // What was added to the part alone, such as who stays, is an outcome, and codes nothing.
        var leftOut = RowConditions.LeftOut(whole, request.Where);
        whole = LevelOrders.Apply(LevelNumbers.Apply(whole, request), request, []);
        string[] columns = [.. request.ModelColumns.Where(name => whole.Find(name) is not null || data.Find(name) is null)];
        var complete = CompleteCases.Rows(whole, columns, leftOut);
        return new FrameTable(whole, CompleteCases.Weighted(whole, request.Weights, complete), columns);
    }

    private static string[] WeightNotes(int weightless) => weightless switch
    {
        0 => [],
        1 => ["One row of weight 0 was left out."],
        _ => [FormattableString.Invariant($"{weightless} rows of weight 0 were left out.")],
    };

    private static Clusters CreateClusters(FrameTable table, FrameRequest request, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            if (request.RequireClusters)
            {
                throw new InputException("No column says which rows belong together.") { Hint = "Name it by --cluster." };
            }

            var each = Enumerable.Range(0, table.Rows + 1).ToArray();
            return new Clusters("row", each, cluster => NumberLabel.Of(table.RowOrder[cluster] + 1));
        }

        // Rows are sorted by these columns: a cluster ends where one of them changes.
        var columns = names.Select(table.GroupColumn).ToArray();
        var offsets = ClusterOffsets.Find(columns, table.Rows);
        if (request.RequireClusters && offsets.Length == 2)
        {
            throw new InputException(
                $"Every row used belongs to the same cluster: {string.Join(":", names)} is {Grouping.LabelOf(columns[0], 0)} throughout.")
            {
                File = table.Data.Source,
                Hint = "Estimates need several clusters; name the column that tells them apart.",
            };
        }

        return new Clusters(
            string.Join(":", columns.Select(column => column.Name)),
            offsets,
            cluster => string.Join(":", columns.Select(column => Grouping.LabelOf(column, offsets[cluster]))));
    }

    private static (DesignMatrix Design, Estimability Estimability) CreateDesign(
        FrameTable table, DesignCoding coding, Formula formula, FrameRequest request)
    {
        if (coding.Names.Count == 0)
        {
            throw new InputException("The formula has no fixed effect, not even an intercept.")
            {
                Hint = "Write 1 on the right side for an intercept.",
            };
        }

        var values = coding.Values(table);
        var all = new DesignMatrix(table.Rows, coding.Names, values, coding.TermLabels) { Parts = coding.Parts };
        var estimability = AliasedTerms.Find(all, formula.HasIntercept, table.Data.Source, request.RefuseAliased);
        return (estimability.Reduce(coding, table.Rows, values), estimability);
    }

    /// <summary>Names the columns left out, with what they equal.</summary>
    private static string[] AliasNotes(DesignMatrix design)
    {
        const int Shown = 5;
        if (design.Aliased.Count == 0)
        {
            return [];
        }

        var relations = string.Join("; ", design.Aliased.Take(Shown).Select(column => column.Relation));
        var more = design.Aliased.Count > Shown
            ? FormattableString.Invariant($"; and {design.Aliased.Count - Shown} more")
            : string.Empty;
        return design.Aliased.Count == 1
            ? [$"A coefficient is left out, because the data cannot estimate it: {relations}."]
            : [FormattableString.Invariant(
                $"{design.Aliased.Count} coefficients are left out, because the data cannot estimate them: {relations}{more}.")];
    }

    private static string[] Predictors(IEnumerable<Term> terms) =>
        [.. terms.SelectMany(term => term.Factors).SelectMany(factor => factor.Variables).Distinct(StringComparer.Ordinal)];
}
