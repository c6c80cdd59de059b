using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Estimands;

/// <summary>
/// One coefficient of the design that belongs to the treatment: its main effect for one level, or its interaction with something else.
/// </summary>
public sealed record TreatmentEffect
{
    private TreatmentEffect(int column, string name, string level, IReadOnlyList<string> partners, bool slope)
    {
        IsSlope = slope;
        Column = column;
        Name = name;
        Level = level;
        Partners = partners;
    }

    /// <summary>The coefficient's position in the design.</summary>
    public int Column { get; }

    /// <summary>The coefficient's name, such as <c>treatmentterbinafine:time</c>.</summary>
    public string Name { get; }

    /// <summary>The treatment's level that the coefficient is about; empty for a numeric treatment.</summary>
    public string Level { get; }

    /// <summary>The names of what the treatment interacts with in this coefficient, such as <c>time</c>; empty for a main effect.</summary>
    public IReadOnlyList<string> Partners { get; }

    /// <summary>Whether the coefficient is an interaction.</summary>
    public bool IsInteraction => Partners.Count > 0;

    /// <summary>Whether the coefficient is an interaction with one number, so that it is the effect for each unit of it.</summary>
    public bool IsSlope { get; }

    /// <summary>All coefficients of a treatment, in design order.</summary>
    /// <param name="design">The design with its terms.</param>
    /// <param name="treatment">The treatment's column.</param>
    public static IReadOnlyList<TreatmentEffect> Find(DesignMatrix design, string treatment)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentException.ThrowIfNullOrEmpty(treatment);
        var effects = new List<TreatmentEffect>();
        for (var j = 0; j < design.Columns; j++)
        {
            var factors = Split(design.Terms[j]);
            var position = factors.FindIndex(factor => Mentions(factor, treatment));
            if (position < 0)
            {
                continue;
            }

            var parts = Split(design.Names[j]);
            var level = parts.Count == factors.Count && parts[position].StartsWith(factors[position], StringComparison.Ordinal)
                ? parts[position][factors[position].Length..]
                : string.Empty;
            List<string> partners = parts.Count == factors.Count ? [.. parts] : [.. factors];
            factors.RemoveAt(position);
            partners.RemoveAt(position);

            // A factor's level is attached to its name in the coefficient, a number's name stays as it is.
            var slope = partners.Count == 1 && partners[0] == factors[0];
            effects.Add(new TreatmentEffect(j, design.Names[j], level, partners, slope));
        }

        return effects;
    }

    /// <summary>The terms of a design that hold none of the treatment's coefficients, the intercept aside.</summary>
    /// <param name="design">The design with its terms.</param>
    /// <param name="effects">All coefficients of the treatment.</param>
    public static IReadOnlyList<string> Covariates(DesignMatrix design, IEnumerable<TreatmentEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(design);
        var columns = effects.Select(effect => effect.Column).ToHashSet();
        return
        [
            .. design.Terms
                .Where((term, column) => term != DesignMatrix.InterceptName && !columns.Contains(column))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The coefficients that answer the question first: the effects per unit of
    /// one number if there are no other interactions, else the main effects.
    /// </summary>
    /// <param name="effects">All coefficients of the treatment.</param>
    public static IReadOnlyList<TreatmentEffect> Primary(IReadOnlyList<TreatmentEffect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        var interactions = effects.Where(effect => effect.IsInteraction).ToList();
        var main = effects.Where(effect => !effect.IsInteraction).ToList();
        var slopes = interactions.Count > 0
            && interactions.TrueForAll(effect => effect.IsSlope && effect.Partners[0] == interactions[0].Partners[0]);
        return slopes || main.Count == 0 ? interactions : main;
    }

    /// <summary>The parts of a term or coefficient name between the colons outside parentheses and backquotes.</summary>
    private static List<string> Split(string label)
    {
        var parts = new List<string>();
        var (depth, quoted, start) = (0, false, 0);
        for (var k = 0; k < label.Length; k++)
        {
            switch (label[k])
            {
                case '`':
                    quoted = !quoted;
                    break;
                case '(' when !quoted:
                    depth++;
                    break;
                case ')' when !quoted:
                    depth--;
                    break;
                case ':' when depth == 0 && !quoted:
                    parts.Add(label[start..k]);
                    start = k + 1;
                    break;
            }
        }

        parts.Add(label[start..]);
        return parts;
    }

    /// <summary>Whether an expression is the variable, or a function that has it as an argument.</summary>
    private static bool Mentions(string expression, string variable)
    {
        if (expression == variable || expression == $"`{variable}`")
        {
            return true;
        }

        for (var at = expression.IndexOf(variable, StringComparison.Ordinal);
            at >= 0;
            at = expression.IndexOf(variable, at + 1, StringComparison.Ordinal))
        {
            var before = at == 0 ? '(' : expression[at - 1];
            var after = at + variable.Length == expression.Length ? ')' : expression[at + variable.Length];
            if (expression.Contains('(', StringComparison.Ordinal) && !IsNamePart(before) && !IsNamePart(after))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsNamePart(char character) => char.IsLetterOrDigit(character) || character is '.' or '_';
}
