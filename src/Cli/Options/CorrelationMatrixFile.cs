using System.Globalization;
using MarginalConditional.Data;
using MarginalConditional.Gee.Correlation;

namespace MarginalConditional.Cli.Options;

/// <summary>Reads the matrix of <c>--corr fixed</c>.</summary>
internal static class CorrelationMatrixFile
{
    /// <summary>A square CSV of numbers without header, one row a wave.</summary>
    /// <exception cref="InputException">The file cannot be read, or is not a correlation matrix.</exception>
    public static WorkingCorrelation Read(string path)
    {
        var lines = Lines(path);
        var values = new double[lines.Length * lines.Length];
        for (var row = 0; row < lines.Length; row++)
        {
            var fields = lines[row].Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length != lines.Length)
            {
                throw new InputException($"Row {row + 1} of the correlation matrix has {fields.Length} values, and the matrix has "
                    + $"{lines.Length} rows.")
                {
                    File = path,
                    Line = row + 1,
                    Hint = "The file has to be a square table of numbers without a header.",
                };
            }

            for (var column = 0; column < fields.Length; column++)
            {
                if (!double.TryParse(
                    fields[column],
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out values[(row * lines.Length) + column]))
                {
                    throw new InputException($"\"{fields[column]}\" is not a number.")
                    {
                        File = path,
                        Line = row + 1,
                        Hint = "The file has to be a square table of numbers without a header.",
                    };
                }
            }
        }

        try
        {
            return WorkingCorrelation.Fixed(values);
        }
        catch (ArgumentException exception)
        {
            throw new InputException(exception.Message.Split(" (Parameter", StringSplitOptions.None)[0], exception) { File = path };
        }
    }

    private static string[] Lines(string path)
    {
        if (!File.Exists(path))
        {
            throw new InputException(Directory.Exists(path)
                ? "This is a directory, not a file with a correlation matrix."
                : "There is no such file with a correlation matrix.")
            {
                File = path,
                Hint = "Name by --corr-file a CSV file of numbers, one row a wave.",
            };
        }

        try
        {
            return [.. File.ReadAllLines(path).Where(line => line.Trim().Length > 0)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException("The file with the correlation matrix cannot be read.", exception)
            {
                File = path,
                Hint = "Check that you may read it.",
            };
        }
    }
}
