//go:build !linux

package repo

import "errors"

func (d *disk) readBeneath(string, int64) ([]byte, error) { return nil, errors.ErrUnsupported }
