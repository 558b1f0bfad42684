package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/waymark-dev/waymark/internal/config"
	"github.com/waymark-dev/waymark/internal/repo"
)

// configuration is what the person named, else what the repository holds, else
// nothing.
func configuration(s settings, r *repo.Repository) (config.Config, error) {
	if s.config != "" {
		data, err := os.ReadFile(s.config)
		if err != nil {
			return config.Config{}, fmt.Errorf("read the configuration %s: %w", s.config, plain(err))
		}
		return config.Parse(s.config, data)
	}
	if s.ignore {
		return config.Config{}, nil
	}
	for _, name := range config.Names {
		data, err := r.Read(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return config.Config{}, fmt.Errorf("read the configuration %s: %w", name, plain(err))
		}
		return config.Parse(name, data)
	}
	return config.Config{}, nil
}
