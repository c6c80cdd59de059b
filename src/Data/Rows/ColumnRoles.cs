using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Rows;

/// <summary>Checks that the columns a request names are there and of the kind their role needs, and decides which are categories.</summary>
internal sealed class ColumnRoles
{
    /// <summary>A column with this part of numbers among its values is meant to be one of numbers.</summary>
    private const double MostlyNumbers = 0.9;

    /// <summary>Fewer values than this say nothing about what was meant.</summary>
    private const int EnoughValues = 10;

    private readonly Dataset data;
    private readonly FrameRequest request;
    private readonly HashSet<string> categorical = new(StringComparer.Ordinal);
    private readonly List<string> notes = [];

    /// <summary>Checks a request against a data set.</summary>
    /// <exception cref="InputException">A column is missing, or holds text where numbers are needed.</exception>
    internal ColumnRoles(Dataset data, FrameRequest request)
    {
        this.data = data;
        this.request = request;
        foreach (var name in request.Columns.Concat(request.Factors).Concat(request.References.Keys))
        {
            RequireExists(name);
        }

        foreach (var name in request.Columns.Where(name => data.Find(name) is null))
        {
            throw new ArgumentException($"The column \"{name}\" of the request was not kept when the data were read.", nameof(data));
        }

        RequireUse(request.Factors, "--factor");
        RequireUse(request.Orders.Keys, "--order");
        RequireNumbers();
        ChooseCategorical();
        CheckReferences();
        notes.AddRange(request.ModelColumns.Except([.. request.GroupingColumns, request.Wave ?? string.Empty], StringComparer.Ordinal)
            .Except(request.Where.SelectMany(condition => condition.Variables), StringComparer.Ordinal)
            .Select(data.Find).OfType<NumericColumn>().Select(CodedMissing.Note).OfType<string>());
    }

    /// <summary>What the user should know about how columns were read.</summary>
    internal IReadOnlyList<string> Notes => notes;

    /// <summary>Whether a column enters the model as categories.</summary>
    internal bool IsCategorical(string name) => categorical.Contains(name);

    private IEnumerable<Expression> PredictorFactors =>
        request.Formula.Terms.Concat(request.Formula.RandomTerms.SelectMany(random => random.Terms)).SelectMany(term => term.Factors);

    private void RequireExists(string name)
    {
        if (!data.Header.Contains(name, StringComparer.Ordinal))
        {
            throw data.NoColumn(name);
        }
    }

    /// <summary>Refuses what is said of columns that the model does not use: it would change nothing.</summary>
    private void RequireUse(IEnumerable<string> names, string option)
    {
        if (names.FirstOrDefault(name => !request.Columns.Contains(name, StringComparer.Ordinal)) is { } unused)
        {
            RequireExists(unused);
            throw new InputException($"Column {unused} is not used by the model, so that {option} has no effect on it.")
            {
                File = data.Source,
                Hint = "Name a column of the formula, or leave the option out.",
            };
        }
    }

    private void RequireNumbers()
    {
        foreach (var name in request.Formula.Response.Variables.Where(name => !MayBeWords(name)))
        {
            RequireNumeric(name, "The outcome has to be a number, for two groups 0 and 1.");
        }

        foreach (var name in new[] { request.Weights, request.Trials }.OfType<string>())
        {
            RequireNumeric(name, "Weights, offsets and trials have to be numbers.");
        }

        var offsets = request.Formula.Offsets.Concat(new[] { request.OffsetExpression }.OfType<Expression>());
        foreach (var name in offsets.SelectMany(offset => offset.NumericVariables))
        {
            RequireNumeric(name, "An offset has to be a number.");
        }

        foreach (var factor in PredictorFactors.Where(factor => factor is Expression.Call { Function: not "factor" } or Expression.Binary))
        {
            foreach (var name in factor.NumericVariables)
            {
                RequireNumeric(name, $"{factor} can be computed from numbers only.");
            }
        }
    }

    /// <summary>Whether the outcome is one column of words, rather than of numbers among which some text was found.</summary>
    private bool MayBeWords(string name) =>
        request.Formula.Response is ResponseSpecification.Single { Value: Expression.Variable }
        && request.Trials is null
        && data.Find(name) is FactorColumn column
        && !IsMeantAsNumbers(column)
        && (request.HasOrderedOutcome || request.Event is not null || !LevelSpellings.AreNumbers(column))
        && (request.HasOrderedOutcome || column.Levels.Count <= 2 || column.TextCount == column.Values || column.IsText
            || request.Event is not null);

    private void RequireNumeric(string name, string need)
    {
        if (data.Find(name) is FactorColumn factor)
        {
            throw NotNumeric(factor, need);
        }
    }

    private InputException NotNumeric(FactorColumn column, string need)
    {
        var row = Math.Max(column.FirstText, 0);
        while (row < column.Length - 1 && column.IsMissing(row))
        {
            row++;
        }

        var text = column.IsMissing(row) ? string.Empty : column.Levels[column.Codes[row]];
        return new InputException(column.FirstText < 0
            ? $"The column is {(column.IsText ? "text" : "read as categories")}, such as \"{text}\"."
            : $"\"{text}\" is not a number.")
        {
            File = data.Source,
            Line = data.LineOf(row),
            Row = data.RowOf(row),
            Column = column.Name,
            Hint = IsMeantAsNumbers(column) || LevelSpellings.AreNumbers(column) ? Remedy(column, text, categoriesAllowed: false)
                : column.FirstText < 0 && !column.IsText && Padded(column) is { } padded
                    ? $"{need} \"{padded}\" has a leading zero, which makes it text."
                : need,
        };
    }

    private void ChooseCategorical()
    {
        var plain = PredictorFactors.OfType<Expression.Variable>()
            .Select(variable => variable.Name)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var called = PredictorFactors.OfType<Expression.Call>().Where(call => call.Function == "factor").SelectMany(call => call.Variables);
        categorical.UnionWith(called);
        foreach (var name in plain)
        {
            switch (data.Find(name))
            {
                case FactorColumn column when request.Factors.Contains(name, StringComparer.Ordinal)
                    || !(IsMeantAsNumbers(column) || LevelSpellings.AreNumbers(column)):
                    categorical.Add(name);
                    NoteNumbers(column);
                    break;
                case FactorColumn column:
                    var row = column.FirstText >= 0 ? column.FirstText : column.Codes.IndexOfAnyExcept(-1);
                    var text = column.Levels[column.Codes[row]];
                    throw new InputException($"\"{text}\" is not a number.")
                    {
                        File = data.Source,
                        Line = data.LineOf(row),
                        Row = data.RowOf(row),
                        Column = name,
                        Hint = Remedy(column, text, categoriesAllowed: true),
                    };
                case NumericColumn when request.Factors.Contains(name, StringComparer.Ordinal):
                    categorical.Add(name);
                    break;
                case NumericColumn column when MayBeCodes(name) && WholeCodes.Of(column.Values) is { Length: > 0 } codes:
                    notes.Add(WholeCodes.Note(name, codes));
                    break;
            }
        }
    }

    /// <summary>Numbers among text may be meant as numbers: says which text keeps them from it.</summary>
    private void NoteNumbers(FactorColumn column)
    {
        if (LevelSpellings.Note(column) is { } spellings)
        {
            notes.Add(spellings);
        }

        if (request.Factors.Contains(column.Name, StringComparer.Ordinal))
        {
            return;
        }

        if (column.FirstText < 0)
        {
            if (!column.IsText && Padded(column) is { } padded)
            {
                notes.Add($"{column.Name} holds numbers with leading zeros, such as \"{padded}\", and is read as categories.");
            }

            return;
        }

        var text = column.Levels[column.Codes[column.FirstText]];
        if (column.Values > column.TextCount)
        {
            var place = data.PlaceOf(column.FirstText) is { } found ? $" ({found})" : string.Empty;
            notes.Add($"{column.Name} holds numbers and text, such as \"{text}\"{place}, and is read as categories.");
        }
    }

    /// <summary>The first level with a leading zero, when all are numbers: what made the column text.</summary>
    private static string? Padded(FactorColumn column) => column.Levels.FirstOrDefault(level =>
        IsNumber(level, '.') && NumberSpelling.HasLeadingZero(System.Text.Encoding.UTF8.GetBytes(level)));

    /// <summary>Whether the text is a number but for its decimal mark: a comma where points are read, or the other way round.</summary>
    private static bool HasOtherMark(string text) =>
        text.Count(character => character is ',' or '.') == 1 && (IsNumber(text, ',') || IsNumber(text, '.'));

    private static bool IsNumber(string text, char mark) =>
        NumberParser.TryParse(System.Text.Encoding.UTF8.GetBytes(text), (byte)mark, out _);

    private static bool IsMeantAsNumbers(FactorColumn column) =>
        IsMostlyNumbers(column) || (column.FirstText >= 0 && column.Levels.All(level => IsNumber(level, ',') || IsNumber(level, '.')));

    /// <summary>
    /// Codes are looked for in plain fixed terms only: who computes with a column, or names it as wave or random slope, means a number.
    /// </summary>
    private bool MayBeCodes(string name) =>
        name != request.Wave
        && !request.Formula.Response.Variables.Contains(name, StringComparer.Ordinal)
        && !request.Formula.RandomTerms.SelectMany(random => random.Terms).Concat(request.Formula.Terms)
            .SelectMany(term => term.Factors).Where(factor => factor is Expression.Call { Function: not "factor" })
            .Concat(request.Formula.Offsets).Any(expression => expression.Variables.Contains(name, StringComparer.Ordinal))
        && !request.Formula.RandomTerms.SelectMany(random => random.Terms).SelectMany(term => term.Factors)
            .Any(factor => factor is Expression.Variable variable && variable.Name == name);

    private void CheckReferences()
    {
        foreach (var name in request.References.Keys.Where(name => !IsCategorical(name)))
        {
            var used = request.Formula.Variables.Contains(name, StringComparer.Ordinal);
            throw new InputException($"Column {name} has no reference level: {(used ? "it is a number" : "it is not in the formula")}.")
            {
                File = data.Source,
                Hint = used ? $"Say --factor {name} to read it as categories." : null,
            };
        }
    }

    private static bool IsMostlyNumbers(FactorColumn column)
    {
        var values = column.Values;
        return column.FirstText >= 0 && values >= EnoughValues && values - column.TextCount >= MostlyNumbers * values;
    }

    private static string Remedy(FactorColumn column, string text, bool categoriesAllowed)
    {
        var values = column.Values;
        var others = column.TextCount == values ? string.Empty
            : column.TextCount == 1 ? string.Create(CultureInfo.InvariantCulture, $"The other {values - 1:N0} values are numbers. ")
            : string.Create(CultureInfo.InvariantCulture, $"{column.TextCount:N0} values are not, {values - column.TextCount:N0} "
                + $"{(values - column.TextCount == 1 ? "is" : "are")}. ");

        if (LevelSpellings.HasThousands(text))
        {
            return $"{others}Take the commas out where they separate thousands; if they are decimal marks, say --decimal-comma.";
        }

        if (LevelSpellings.HasSign(text))
        {
            var factor = categoriesAllowed ? $", or say --factor {column.Name} to read the column as categories" : string.Empty;
            return $"{others}Take the sign out{factor}.";
        }

        if (HasOtherMark(text))
        {
            return text.Contains(',', StringComparison.Ordinal)
                ? $"{others}Use a decimal point, or say --decimal-comma."
                : $"{others}Use a decimal comma, or leave out --decimal-comma.";
        }

        return $"{others}Correct it, say --na \"{text}\" if it means "
            + $"missing{(categoriesAllowed ? $", or --factor {column.Name} to read the column as categories" : string.Empty)}.";
    }
}
